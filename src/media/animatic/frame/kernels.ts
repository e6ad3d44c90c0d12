import { type KernelMemory, prepareKernels } from '../../raster/web-assembly.ts';
import { kernelsBinary } from './kernels-binary.ts';

/** What is done to the pixels of a frame, in WebAssembly with SIMD as kernels.wat says it, with a memory of its own. */
export interface Kernels {
  drawPlane(...given: number[]): void;
  mapLevels(from: number, end: number, less: number, times: number, plus: number): void;
  mixPlain(to: number, end: number, stays: number, over: number): void;
  readonly memory: KernelMemory;
}

export const openKernels = prepareKernels<Kernels>(kernelsBinary);
