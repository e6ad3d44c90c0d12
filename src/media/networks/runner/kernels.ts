import { kernelsBinary } from './kernels-binary.ts';

/** The sums that a network spends its time on, in WebAssembly with SIMD; their source is kernels.wat. */
export interface Kernels {
  /** pixels × ins times ins × outs, plus bias. `weights` is ins × outs, row by row. */
  multiply(values: Float32Array, weights: Float32Array, bias: Float32Array, pixels: number): Float32Array;
  /** Each channel by a square of its own; `values` has its margins already. */
  filter(values: Float32Array, weights: Float32Array, bias: Float32Array, shape: FilterShape): Float32Array;
}

interface FilterShape {
  /** Columns of `values`. */
  readonly width: number;
  /** Of the answer. */
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  /** Of the square. */
  readonly side: number;
  readonly stride: number;
}

interface Exports {
  memory: { buffer: ArrayBuffer; grow(pages: number): number };
  pointwise(...given: number[]): void;
  depthwise(...given: number[]): void;
}

/** What is used of it; TypeScript has its types only among those of browsers. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

const pageBytes = 65_536;

/** Compiles them: 610 bytes, well below a millisecond. */
export function openKernels(): Kernels {
  const module = new WebAssembly.Module(Buffer.from(kernelsBinary, 'base64'));
  const { memory, pointwise, depthwise } = new WebAssembly.Instance(module).exports as Exports;
  const layOut = (...lengths: number[]) => {
    const places: number[] = [];
    let end = 0;
    for (const length of lengths) {
      places.push(end);
      end += Math.ceil(length / 4) * 16;
    }
    const missing = Math.ceil((end - memory.buffer.byteLength) / pageBytes);
    if (missing > 0) memory.grow(missing);
    return places as [number, number, number, number];
  };
  return {
    multiply(values, weights, bias, pixels) {
      const outs = roundUp(bias.length);
      const ins = values.length / pixels;
      const rows = roundUp(pixels);
      const [x, w, b, y] = layOut(rows * ins, ins * outs, outs, rows * outs);
      const floats = new Float32Array(memory.buffer);
      floats.set(values, x / 4);
      setPadded(floats, w / 4, weights, bias.length, outs);
      setPadded(floats, b / 4, bias, bias.length, outs);
      pointwise(x, w, b, y, rows, ins, outs);
      return takePadded(floats, y / 4, pixels, bias.length, outs);
    },
    filter(values, weights, bias, { width, rows, columns, channels, side, stride }) {
      const padded = roundUp(channels);
      const pixels = values.length / channels;
      const [x, w, b, y] = layOut(pixels * padded, side * side * padded, padded, rows * columns * padded);
      const floats = new Float32Array(memory.buffer);
      setPadded(floats, x / 4, values, channels, padded);
      setPadded(floats, w / 4, weights, channels, padded);
      setPadded(floats, b / 4, bias, channels, padded);
      depthwise(x, w, b, y, width, rows, columns, padded, side, stride);
      return takePadded(floats, y / 4, rows * columns, channels, padded);
    },
  };
}

function roundUp(count: number): number {
  return Math.ceil(count / 4) * 4;
}

/** Writes rows of `length` values as rows of `padded`; what is between is left as it is, and its sums are thrown away. */
function setPadded(to: Float32Array, at: number, values: Float32Array, length: number, padded: number): void {
  if (length === padded) {
    to.set(values, at);
    return;
  }
  for (let from = 0, place = at; from < values.length; from += length, place += padded) {
    to.set(values.subarray(from, from + length), place);
  }
}

function takePadded(from: Float32Array, at: number, rows: number, length: number, padded: number): Float32Array {
  if (length === padded) return from.slice(at, at + rows * length);
  const values = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const start = at + row * padded;
    values.set(from.subarray(start, start + length), row * length);
  }
  return values;
}
