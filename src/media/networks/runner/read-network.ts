/** A tensor of a network: batch 1, channels last. */
export interface NetworkTensor {
  readonly shape: readonly number[];
  /** Set for weights and other constants. */
  readonly data?: Float32Array | Int32Array;
}

export interface NetworkOperation {
  /** The builtin operator's number, or a custom one's name. */
  readonly kind: number | string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** The bytes of a custom operator's options. */
  readonly custom: Uint8Array;
  /** Option number `field` of its table: an integer of four bytes, or of one. */
  option(field: number, bytes?: 1 | 4): number;
}

/** A network of floating-point numbers as a TensorFlow Lite file holds it. */
export interface Network {
  readonly tensors: readonly NetworkTensor[];
  readonly operations: readonly NetworkOperation[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/**
 * Reads a TensorFlow Lite file: weights of 32 and 16 bits, one graph. The files are ours to choose and known by their
 * checksums, so a damaged one need not be told from a good one.
 * Layout: FlatBuffers tables by tensorflow/lite/schema/schema.fbs, version 3.
 */
export function readNetwork(bytes: Uint8Array): Network {
  const table = openTable(bytes);
  const root = table.at(0);
  const codes = table.tables(root, 1).map((code) => {
    const name = table.bytes(code, 1);
    // Numbers from 127 up stand in the newer field; the older one then says 127.
    const number = Math.max(table.number(code, 0, 1), table.number(code, 3));
    return name.length > 0 ? new TextDecoder().decode(name) : number;
  });
  const buffers = table.tables(root, 4).map((buffer) => table.bytes(buffer, 0));
  const graph = table.tables(root, 2)[0] as number;
  const tensors = table.tables(graph, 0).map((tensor): NetworkTensor => {
    const shape = table.integers(tensor, 0);
    const raw = buffers[table.number(tensor, 2)] as Uint8Array;
    return raw.length === 0 ? { shape } : { shape, data: readValues(raw, table.number(tensor, 1, 1)) };
  });
  const operations = table.tables(graph, 3).map((operation): NetworkOperation => {
    const options = table.child(operation, 4);
    return {
      kind: codes[table.number(operation, 0)] as number | string,
      inputs: table.integers(operation, 1),
      outputs: table.integers(operation, 2),
      custom: table.bytes(operation, 5),
      option: (field, size = 4) => (options === 0 ? 0 : table.number(options, field, size)),
    };
  });
  return { tensors, operations, inputs: table.integers(graph, 1), outputs: table.integers(graph, 2) };
}

/** Access to the tables of a FlatBuffers file by their places; a field that is left out is 0 or empty. */
function openTable(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (place: number) => place + view.getUint32(place, true);
  const field = (table: number, index: number) => {
    const directory = table - view.getInt32(table, true);
    const entry = 4 + 2 * index;
    const offset = entry < view.getUint16(directory, true) ? view.getUint16(directory + entry, true) : 0;
    return offset === 0 ? 0 : table + offset;
  };
  const list = (table: number, index: number) => {
    const place = field(table, index);
    if (place === 0) return { count: 0, first: 0 };
    const start = at(place);
    return { count: view.getUint32(start, true), first: start + 4 };
  };
  return {
    at,
    number(table: number, index: number, size: 1 | 4 = 4) {
      const place = field(table, index);
      if (place === 0) return 0;
      return size === 1 ? view.getInt8(place) : view.getInt32(place, true);
    },
    child(table: number, index: number) {
      const place = field(table, index);
      return place === 0 ? 0 : at(place);
    },
    bytes(table: number, index: number) {
      const { count, first } = list(table, index);
      return bytes.subarray(first, first + count);
    },
    integers(table: number, index: number) {
      const { count, first } = list(table, index);
      return Array.from({ length: count }, (_, item) => view.getInt32(first + 4 * item, true));
    },
    tables(table: number, index: number) {
      const { count, first } = list(table, index);
      return Array.from({ length: count }, (_, item) => at(first + 4 * item));
    },
  };
}

/** Of the types 0 (32-bit float), 1 (16-bit float) and 2 (32-bit integer). */
function readValues(raw: Uint8Array, type: number): Float32Array | Int32Array {
  const { buffer } = Uint8Array.from(raw);
  if (type === 0) return new Float32Array(buffer);
  if (type === 2) return new Int32Array(buffer);
  return new Float32Array(new Float16Array(buffer));
}
