import { openPlaces } from '../../raster/places.ts';
import type { PlaneRuns } from './find-runs.ts';
import { type Kernels, openKernels } from './kernels.ts';
import { countFrameBytes, type Frame, type LayerPlane, type Raster, viewFrame } from './yuv-raster.ts';

/** A frame, and the pictures that are drawn on it, in the memory of the kernels. Nothing in it outlives it. */
export interface Easel {
  readonly width: number;
  readonly height: number;
  readonly kernels: Kernels;
  /** Where the kernels read which columns lie where (`draw-planes.ts`). */
  readonly groups: number;
  /** Where the planes of the frame begin. */
  readonly planes: Readonly<Record<'y' | 'u' | 'v', number>>;
  /** The frame's own bytes, not a copy: valid until the next {@link Easel.hold}. Black in no color space at first. */
  frame(): Frame;
  /** Takes a picture in, so that it can be drawn; the given one isn't needed any more. */
  hold(raster: Raster): HeldRaster;
  /** Its memory is used for the next pictures. */
  release(held: HeldRaster): void;
}

/** A picture in the memory of the kernels. */
export interface HeldRaster {
  readonly width: number;
  readonly height: number;
  readonly isOpaque: boolean;
  readonly y: HeldPlane;
  readonly u: HeldPlane;
  readonly v: HeldPlane;
  /** What was taken for it. */
  readonly places: readonly number[];
}

/** Where the parts of a {@link LayerPlane} lie; `alpha` and `runs` are 0 for an opaque one. */
export interface HeldPlane {
  readonly width: number;
  readonly height: number;
  readonly color: number;
  readonly alpha: number;
  readonly runs: number;
  readonly inside: PlaneRuns['inside'];
}

/** Bytes that kernels read behind a row. */
const slack = 16;
/** Bytes of a group of four columns, of which two are drawn together. */
const groupBytes = 36;

/** An easel for frames of even sides. */
export function createEasel(width: number, height: number): Easel {
  const kernels = openKernels();
  const places = openPlaces(kernels);
  const { memory } = kernels;
  // the kernels' scratch: no place is 0
  places.take(slack);
  const groups = places.take(groupBytes * 2 * Math.ceil(width / 8));
  const y = places.take(countFrameBytes(width, height) + slack);
  const planes = { y, u: y + width * height, v: y + (width * height * 5) / 4 };
  let view: Frame | undefined;
  return {
    width,
    height,
    kernels,
    groups,
    planes,
    frame() {
      if (view === undefined || view.data.buffer !== memory.buffer) {
        view = viewFrame(new Uint8Array(memory.buffer, y, countFrameBytes(width, height)), width, height);
      }
      return view;
    },
    hold(raster) {
      const taken = new Map<Uint8Array | Int32Array, number>();
      const take = (values: Uint8Array | Int32Array): number => {
        const place = taken.get(values) ?? places.take(values.byteLength + slack);
        taken.set(values, place);
        return place;
      };
      const [heldY, heldU, heldV] = [raster.y, raster.u, raster.v].map((plane) => placePlane(plane, take));
      for (const [values, place] of taken) copy(values, memory.buffer, place);
      const held = { y: heldY as HeldPlane, u: heldU as HeldPlane, v: heldV as HeldPlane };
      const { width, height, y: luma } = raster;
      return { width, height, isOpaque: luma.alpha === null, ...held, places: [...taken.values()] };
    },
    release(held) {
      for (const place of held.places) places.giveBack(place);
    },
  };
}

/** The planes of chroma share their alpha, which is taken once. */
function placePlane(
  { width, height, color, alpha, runs }: LayerPlane,
  take: (values: Uint8Array | Int32Array) => number,
): HeldPlane {
  const size = { width, height, color: take(color) };
  if (alpha === null || runs === null) return { ...size, alpha: 0, runs: 0, inside: 'solid' };
  return { ...size, alpha: take(alpha), runs: take(runs.columns), inside: runs.inside };
}

function copy(values: Uint8Array | Int32Array, buffer: ArrayBuffer, place: number): void {
  new Uint8Array(buffer).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), place);
}
