import type { Easel, HeldRaster } from './create-easel.ts';
import { drawPlain } from './draw-plain.ts';
import { drawPlane, type Place } from './draw-plane.ts';

/**
 * Draws a layer that the easel holds over what its frame shows. Bilinear between pixel centres in whole numbers, so that every
 * machine makes the same frame; premultiplied colors, so that no edge darkens. A layer that moves slowly stays steady when it
 * holds about twice the pixels it is shown with (`assets/density.ts`): at its own size bilinear blurs and sharpens by turns.
 */
export function drawLayer(easel: Easel, raster: HeldRaster, place: Place): void {
  const opacity = Math.round(place.opacity * 256);
  if (opacity <= 0) return;
  const { left, top, scaleX, scaleY } = place;
  const { width, height, planes } = easel;
  const draw = raster.width <= plainWidth ? drawPlain : drawPlane;
  const half = { left: left / 2, top: top / 2, scaleX, scaleY, opacity };
  draw(easel, { place: planes.y, width, height }, raster.y, { left, top, scaleX, scaleY, opacity }, 0);
  draw(easel, { place: planes.u, width: width / 2, height: height / 2 }, raster.u, half, 128);
  draw(easel, { place: planes.v, width: width / 2, height: height / 2 }, raster.v, half, 128);
}

/** Layers of this width or less have rows of one color. */
const plainWidth = 4;
