import { openPlaces, type Places } from '../../../raster/places.ts';
import { type KernelMemory, prepareKernels } from '../../../raster/web-assembly.ts';
import { kernelsBinary } from './kernels-binary.ts';

/** What planes of layers are made by, in WebAssembly with SIMD as kernels.wat says it, with a memory of its own. */
interface Kernels {
  splitPlanes(from: number, count: number, stride: number, y: number, u: number, v: number, alpha: number): void;
  doublePlane(from: number, width: number, height: number, to: number, line: number): void;
  premultiply(color: number, alpha: number, count: number, rest: number): void;
  gatherOpaque(from: number, width: number, height: number, opaqueFrom: number, to: number): void;
  blurFours(fours: number, columns: number, rows: number, radius: number, scratch: number): void;
  takeColors(...given: number[]): void;
  readonly memory: KernelMemory;
}

const openKernels = prepareKernels<Kernels>(kernelsBinary);

/** Places of one use of the kernels, none of which is 0; each has room behind it that kernels may read and write. */
export interface Bench {
  readonly kernels: Kernels;
  take(bytes: number): number;
  /** A place that holds these bytes. */
  put(bytes: Uint8Array): number;
  /** A copy of what is at a place. */
  copy(place: number, bytes: number): Uint8Array;
}

let opened: { kernels: Kernels; places: Places } | undefined;

/** Calls `work` with kernels whose memory is kept for the next use: nothing may wait in between. */
export function useBench<Result>(work: (bench: Bench) => Result): Result {
  opened ??= open();
  const { kernels, places } = opened;
  const taken: number[] = [];
  const take = (bytes: number) => {
    const place = places.take(bytes + slack);
    taken.push(place);
    return place;
  };
  const put = (bytes: Uint8Array) => {
    const place = take(bytes.length);
    new Uint8Array(kernels.memory.buffer).set(bytes, place);
    return place;
  };
  const copy = (place: number, bytes: number) => new Uint8Array(kernels.memory.buffer).slice(place, place + bytes);
  try {
    return work({ kernels, take, put, copy });
  } finally {
    for (const place of taken) places.giveBack(place);
  }
}

const slack = 16;

function open() {
  const kernels = openKernels();
  const places = openPlaces(kernels);
  // no place is 0
  places.take(slack);
  return { kernels, places };
}
