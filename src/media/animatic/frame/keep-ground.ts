import type { Easel, HeldRaster } from './create-easel.ts';
import { drawLayer } from './draw-layer.ts';
import type { Place } from './draw-planes.ts';
import { countFrameBytes } from './yuv-raster.ts';

/** Draws soft grounds that cover the frame. */
export interface Ground {
  draw(raster: HeldRaster, place: Place): void;
}

/** Pixels that a soft ground may be behind: nothing in it is so fine that half a pixel shows. */
const lagMax = 0.5;

/**
 * A ground behind slow cameras moves by a fraction of a pixel a frame, and sampling it anew was half of what a frame cost.
 * It is drawn once it has moved by {@link lagMax} anywhere, and copied until then. Holds one frame.
 */
export function keepGround(easel: Easel): Ground {
  const kept = new Uint8Array(countFrameBytes(easel.width, easel.height));
  let drawn: { raster: HeldRaster; place: Place } | null = null;
  return {
    draw(raster, place) {
      if (drawn?.raster === raster && measureMove(raster, drawn.place, place) <= lagMax) {
        easel.frame().data.set(kept);
        return;
      }
      drawLayer(easel, raster, place);
      kept.set(easel.frame().data);
      drawn = { raster, place };
    },
  };
}

/** The farthest that any corner has gone along one axis, in pixels. */
function measureMove({ width, height }: HeldRaster, one: Place, other: Place): number {
  const right = (place: Place) => place.left + width * place.scaleX;
  const bottom = (place: Place) => place.top + height * place.scaleY;
  const moves = [one.left - other.left, right(one) - right(other), one.top - other.top, bottom(one) - bottom(other)];
  return Math.max(...moves.map(Math.abs));
}
