/** One value of a graph; `float` values are float32, `ints` are int64. */
interface OnnxTensor {
  name: string;
  dims: readonly number[];
  float?: readonly number[];
  ints?: readonly number[];
}

export interface OnnxNode {
  op: string;
  inputs: readonly string[];
  outputs: readonly string[];
  /** Numbers become INT, lists of numbers INTS. */
  attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxGraph {
  /** Name → shape of float32; a text is the name of an open side. */
  inputs: Readonly<Record<string, readonly (number | string)[]>>;
  outputs: Readonly<Record<string, readonly (number | string)[]>>;
  nodes: readonly OnnxNode[];
  constants?: readonly OnnxTensor[];
  /** Inputs and outputs are of 16 bits; the nodes cast. */
  isHalf?: boolean;
}

/** The bytes of an ONNX file (IR version 8, operator set 13), field numbers from onnx.proto3. No weights of anybody's. */
export function writeOnnx(graph: OnnxGraph): Buffer {
  const body = [
    ...graph.nodes.map((node) => bytes(1, writeNode(node))),
    text(2, 'graph'),
    ...(graph.constants ?? []).map((constant) => bytes(5, writeTensor(constant))),
    ...Object.entries(graph.inputs).map(([name, shape]) => bytes(11, writeValue(name, shape, graph.isHalf))),
    ...Object.entries(graph.outputs).map(([name, shape]) => bytes(12, writeValue(name, shape, graph.isHalf))),
  ];
  return Buffer.concat([number(1, 8), bytes(7, Buffer.concat(body)), bytes(8, number(2, 13))]);
}

const types = { float32: 1, int64: 7, float16: 10 } as const;

function writeNode({ op, inputs, outputs, attributes = {} }: OnnxNode): Buffer {
  return Buffer.concat([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, writeAttribute(name, value))),
  ]);
}

function writeAttribute(name: string, value: number | readonly number[]): Buffer {
  if (typeof value === 'number') return Buffer.concat([text(1, name), number(3, value), number(20, 2)]);
  return Buffer.concat([text(1, name), ...value.map((one) => number(8, one)), number(20, 7)]);
}

function writeTensor({ name, dims, float, ints }: OnnxTensor): Buffer {
  const raw =
    float === undefined
      ? Buffer.from(BigInt64Array.from(ints ?? [], BigInt).buffer)
      : Buffer.from(Float32Array.from(float).buffer);
  const type = float === undefined ? types.int64 : types.float32;
  return Buffer.concat([...dims.map((side) => number(1, side)), number(2, type), text(8, name), bytes(9, raw)]);
}

function writeValue(name: string, shape: readonly (number | string)[], isHalf = false): Buffer {
  const sides = shape.map((side) => bytes(1, typeof side === 'number' ? number(1, side) : text(2, side)));
  const tensor = Buffer.concat([number(1, isHalf ? types.float16 : types.float32), bytes(2, Buffer.concat(sides))]);
  return Buffer.concat([text(1, name), bytes(2, bytes(1, tensor))]);
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([variable(field * 8), variable(value)]);
}

function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value));
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([variable(field * 8 + 2), variable(value.length), value]);
}

/** Protocol Buffers' integers: seven bits a byte, the lowest first. Not negative. */
function variable(value: number): Buffer {
  const parts: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    parts.push(rest < 128 ? rest : (rest % 128) | 128);
    if (rest < 128) return Buffer.from(parts);
  }
}
