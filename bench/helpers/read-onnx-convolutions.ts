/** A convolution of a network: weights by outs × ins × rows × columns. */
export interface Convolution {
  readonly shape: readonly number[];
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/**
 * The convolutions of an ONNX file in the order in which it runs them, each with a bias and 32-bit floats in `raw_data`. Only so much of the
 * format is read (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto): ModelProto.graph 7; GraphProto.node 1, .initializer 5; NodeProto.input 1,
 * .op_type 4; TensorProto.dims 1, .name 8, .raw_data 9.
 */
export function readOnnxConvolutions(file: Uint8Array): Convolution[] {
  const graph = readFields(listBytes(readFields(file), 7)[0] as Uint8Array);
  const tensors = new Map(
    listBytes(graph, 5).map((bytes) => {
      const tensor = readFields(bytes);
      return [readText(tensor, 8), tensor] as const;
    }),
  );
  const floats = (name: string) => {
    const bytes = listBytes(tensors.get(name) ?? [], 9)[0];
    if (bytes === undefined) throw new Error(`the file has no plain numbers for ${name}`);
    return new Float32Array(Uint8Array.from(bytes).buffer);
  };
  return listBytes(graph, 1).flatMap((bytes) => {
    const node = readFields(bytes);
    if (readText(node, 4) !== 'Conv') return [];
    const [, weights = '', bias = ''] = listBytes(node, 1).map((text) => Buffer.from(text).toString());
    const shape = readSizes(tensors.get(weights) ?? []);
    return [{ shape, weights: floats(weights), bias: floats(bias) }];
  });
}

interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/** Of a message of protocol buffers: whole numbers, and whatever has a length. */
function readFields(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const readNumber = () => {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = bytes[at++] as number;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = readNumber();
    const [number, type] = [Math.floor(key / 8), key % 8];
    const length = type === 2 ? readNumber() : type === 1 ? 8 : type === 5 ? 4 : 0;
    fields.push({ number, value: type === 0 ? readNumber() : bytes.subarray(at, at + length) });
    at += length;
  }
  return fields;
}

function listBytes(fields: readonly Field[], number: number): Uint8Array[] {
  return fields.flatMap((field) => (field.number === number && typeof field.value !== 'number' ? [field.value] : []));
}

function readText(fields: readonly Field[], number: number): string {
  return Buffer.from(listBytes(fields, number)[0] ?? []).toString();
}

/** One by one, or packed. */
function readSizes(tensor: readonly Field[]): number[] {
  return tensor.flatMap(({ number, value }) => {
    if (number !== 1) return [];
    if (typeof value === 'number') return [value];
    return readPacked(value);
  });
}

function readPacked(bytes: Uint8Array): number[] {
  const sizes: number[] = [];
  let [size, factor] = [0, 1];
  for (const byte of bytes) {
    size += (byte % 128) * factor;
    factor *= 128;
    if (byte >= 128) continue;
    sizes.push(size);
    [size, factor] = [0, 1];
  }
  return sizes;
}
