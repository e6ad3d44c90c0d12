import { openPlaces } from '../../raster/places.ts';
import { type KernelMemory, prepareKernels } from '../../raster/web-assembly.ts';
import { countFrameBytes } from '../frame/yuv-raster.ts';
import { kernelsBinary } from './kernels-binary.ts';

interface Size {
  width: number;
  height: number;
}

const longSide = 160;

/** The size at which a clip's motion is looked at: 160 px on the longer side, the shape of the video. */
export function chooseSmallSize({ width, height }: Size): Size {
  const scale = longSide / Math.max(width, height);
  const even = (value: number) => Math.max(16, Math.round((value * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}

/** Samples along each side of the square that becomes one pixel: enough for noise to even out. */
const samples = 4;

/** Makes the luma of frames smaller, of one after the other. */
export interface Shrinker {
  /** Where a frame is written, as I420: its luma comes first, row by row. */
  readonly frame: Uint8Array;
  /** Valid until the next; each pixel is the mean of samples spread over its square. */
  shrink(): Uint8Array;
}

/** The sums of plain JavaScript took as long as all frames of a clip took to draw. */
export function createShrinker(from: Size, to: Size): Shrinker {
  const kernels = openKernels();
  const places = openPlaces(kernels);
  const take = (bytes: number) => places.take(bytes + slack);
  const tables = { rows: take(to.height * samples * 4), columns: take(to.width * samples * 4) };
  const frameBytes = countFrameBytes(from.width, from.height);
  const [frame, line, small] = [take(frameBytes), take(from.width * 2 + 16), take(to.width * to.height)];
  const { buffer } = kernels.memory;
  const write = (place: number, values: Int32Array) => new Int32Array(buffer, place, values.length).set(values);
  write(
    tables.rows,
    chooseSamples(from.height, to.height).map((row) => row * from.width),
  );
  write(
    tables.columns,
    chooseSamples(from.width, to.width).map((column) => column * 2),
  );
  return {
    frame: new Uint8Array(buffer, frame, frameBytes),
    shrink() {
      kernels.shrink(frame, from.width, tables.rows, tables.columns, small, to.width, to.height, line);
      return new Uint8Array(buffer, small, to.width * to.height);
    },
  };
}

interface Kernels {
  shrink(...given: number[]): void;
  readonly memory: KernelMemory;
}

const openKernels = prepareKernels<Kernels>(kernelsBinary);
/** Bytes that kernels may touch behind a place. */
const slack = 16;

/** Where samples lie along one side; rounded down and up by turns, so that their middle is the square's. */
function chooseSamples(length: number, count: number): Int32Array {
  return Int32Array.from({ length: count * samples }, (_, at) => {
    const exact = ((at + 0.5) * length) / (count * samples) - 0.5;
    return Math.min(length - 1, Math.max(0, at % 2 === 0 ? Math.floor(exact) : Math.ceil(exact)));
  });
}
