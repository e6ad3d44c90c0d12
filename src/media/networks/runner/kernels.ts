import { kernelsBinary } from './kernels-binary.ts';

/** The sums of a network in WebAssembly with SIMD, as kernels.wat says them, with a memory of their own. */
export interface Kernels {
  convolve(...given: number[]): void;
  filter(...given: number[]): void;
  add(x: number, few: number, y: number, bytes: number, fewBytes: number, least: number): void;
  multiply(x: number, few: number, y: number, bytes: number, fewBytes: number): void;
  swish(x: number, y: number, bytes: number): void;
  most(x: number, y: number, rows: number, columns: number, depth: number): void;
  mean(x: number, y: number, pixels: number, depth: number, share: number): void;
  stretch(...given: number[]): void;
  copyRows(x: number, fromStep: number, y: number, toStep: number, rows: number, bytes: number): void;
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
}

/** What is used of it; TypeScript has its types only among those of browsers. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

let module: object | undefined;

/** Kernels with a memory of one page; compiled once for a process: some 2 KB, a millisecond. */
export function openKernels(): Kernels {
  module ??= new WebAssembly.Module(Buffer.from(kernelsBinary, 'base64'));
  return new WebAssembly.Instance(module).exports as Kernels;
}
