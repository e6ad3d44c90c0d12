import type { Asset } from '../asset.ts';
import { type Raster, toRaster } from '../frame/yuv-raster.ts';
import { createCanvas } from './canvas.ts';
import { even } from './density.ts';

/**
 * An arrow as boards show movement: a shaft with a head at its end, or at both, light with a dark rim. It fills its box, along
 * its longer side.
 */
export function drawArrow({ width, height, points }: Extract<Asset, { kind: 'arrow' }>, density: number): Raster {
  const canvas = createCanvas(even(width * density), even(height * density));
  const isUpright = canvas.height > canvas.width;
  const [length, breadth] = isUpright ? [canvas.height, canvas.width] : [canvas.width, canvas.height];
  const head = Math.min(length / 3, breadth * 1.1);
  const rim = Math.max(1.5, breadth * 0.09);
  for (let row = 0, at = 0; row < canvas.height; row++) {
    for (let column = 0; column < canvas.width; column++, at += 4) {
      const along = isUpright ? row + 0.5 : column + 0.5;
      const beside = Math.abs((isUpright ? column : row) + 0.5 - breadth / 2);
      const isBack = points === 'left' || points === 'up';
      const fromEnd = points === 'both' ? Math.min(along, length - along) : isBack ? along : length - along;
      const half = fromEnd < head ? (fromEnd / head) * (breadth / 2 - rim) : breadth * 0.14;
      // Pixels inside the outline, negative outside.
      const inside = half - beside;
      const light = Math.min(1, Math.max(0, inside + 0.5));
      const opacity = 0.92 * Math.min(1, Math.max(0, inside + rim + 0.5));
      const value = (38 + 215 * light) * opacity;
      for (let channel = 0; channel < 3; channel++) canvas.data[at + channel] = value;
      canvas.data[at + 3] = 255 * opacity;
    }
  }
  return toRaster(canvas);
}
