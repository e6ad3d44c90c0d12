import { drawPlane, type Place } from './draw-plane.ts';
import type { Frame, Raster } from './yuv-raster.ts';

/**
 * Draws a layer over what the frame shows. Bilinear between pixel centres in whole numbers, so that every machine makes
 * the same frame; premultiplied colors, so that no edge darkens. A layer that moves slowly stays steady when it holds
 * about twice the pixels it is shown with (`assets/density.ts`): at its own size bilinear blurs and sharpens by turns.
 */
export function drawLayer(frame: Frame, raster: Raster, place: Place): void {
  const opacity = Math.round(place.opacity * 256);
  if (opacity <= 0) return;
  const { left, top, scaleX, scaleY } = place;
  const { width, height } = frame;
  const half = { left: left / 2, top: top / 2, scaleX, scaleY, opacity };
  drawPlane({ color: frame.y, width, height }, raster.y, { left, top, scaleX, scaleY, opacity }, 0);
  drawPlane({ color: frame.u, width: width / 2, height: height / 2 }, raster.u, half, 128);
  drawPlane({ color: frame.v, width: width / 2, height: height / 2 }, raster.v, half, 128);
}
