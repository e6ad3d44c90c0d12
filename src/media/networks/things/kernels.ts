import { type KernelMemory, prepareKernels } from '../../raster/web-assembly.ts';
import { kernelsBinary } from './kernels-binary.ts';

/** The sums of a network in whole numbers, in WebAssembly with SIMD, as kernels.wat says them, with a memory of their own. */
export interface Kernels {
  convolve(...given: number[]): void;
  most(x: number, y: number, rows: number, columns: number, depth: number): void;
  enlarge(near: number, far: number, y: number, columns: number, depth: number): void;
  copyRows(x: number, fromStep: number, y: number, toStep: number, rows: number, bytes: number): void;
  readonly memory: KernelMemory;
}

/** Kernels with a memory of one page. */
export const openKernels = prepareKernels<Kernels>(kernelsBinary);
