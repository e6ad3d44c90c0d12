import { type KernelMemory, prepareKernels } from '../../raster/web-assembly.ts';
import { kernelsBinary } from './kernels-binary.ts';

/** The sums of a network in WebAssembly with SIMD, as kernels.wat says them, with a memory of their own. */
export interface Kernels {
  convolve(...given: number[]): void;
  filter(...given: number[]): void;
  add(x: number, few: number, y: number, bytes: number, fewBytes: number, least: number): void;
  multiply(x: number, few: number, y: number, bytes: number, fewBytes: number): void;
  swish(x: number, y: number, bytes: number): void;
  most(...given: number[]): void;
  mean(x: number, y: number, pixels: number, depth: number, share: number): void;
  stretch(...given: number[]): void;
  copyRows(x: number, fromStep: number, y: number, toStep: number, rows: number, bytes: number): void;
  readonly memory: KernelMemory;
}

/** Kernels with a memory of one page. */
export const openKernels = prepareKernels<Kernels>(kernelsBinary);
