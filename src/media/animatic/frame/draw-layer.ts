import type { Easel, HeldRaster } from './create-easel.ts';
import { drawPlain } from './draw-plain.ts';
import { drawPlanes, type Place } from './draw-planes.ts';

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
  const draw = raster.width <= plainWidth ? drawPlain : drawPlanes;
  const [luma, half] = [
    { width, height, rest: 0 },
    { width: width / 2, height: height / 2, rest: 128 },
  ];
  const { y, u, v } = raster;
  const chroma = [
    { to: planes.u, from: u },
    { to: planes.v, from: v },
  ];
  draw(easel, [{ to: planes.y, from: y }], luma, { left, top, scaleX, scaleY, opacity });
  draw(easel, chroma, half, { left: left / 2, top: top / 2, scaleX, scaleY, opacity });
}

/** Layers of this width or less have rows of one color. */
const plainWidth = 4;
