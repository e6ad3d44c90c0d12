import type { Asset } from '../asset.ts';
import { type Raster, toRaster } from '../frame/yuv-raster.ts';
import { createCanvas } from './canvas.ts';
import { mixColors, noiseAt, parseColor } from './color.ts';
import { even } from './density.ts';

/**
 * A studio's ground: a wall with a soft pool of light, a floor a shade away from it, a broad curve between them instead
 * of an edge, corners that fall off. With grain, so that no steps are seen in the gradients.
 */
export function drawStudio(asset: Extract<Asset, { kind: 'studio' }>): Raster {
  const canvas = createCanvas(even(asset.width * softShare), even(asset.height * softShare));
  const { width, height, data } = canvas;
  const horizonY = asset.horizonY * softShare;
  const lightX = asset.lightX * softShare;
  const color = parseColor(asset.color);
  const isDark = color[0] + color[1] + color[2] < 3 * 128;
  const lit = mixColors(color, [255, 255, 255], isDark ? 0.2 : 0.55);
  const floor = mixColors(color, isDark ? [255, 255, 255] : [0, 0, 0], isDark ? 0.1 : 0.07);
  const curve = 0.1 * height;
  // the light falls off across and down, and e to a sum is a product
  const spread = 0.55 * Math.max(width, height * 0.8);
  const beside = Float64Array.from({ length: width }, (_, column) => ((column - lightX) / spread) ** 2);
  const lightAcross = beside.map((square) => Math.exp(-1.6 * square));
  const poolAcross = beside.map((square) => Math.exp(-2.4 * 1.6 * square));
  for (let row = 0, at = 0; row < height; row++) {
    const below = smooth((row - horizonY + curve / 2) / curve);
    const above = (row - horizonY * 0.72) / (0.62 * height);
    const under = (row - horizonY * 1.18) / (0.3 * height);
    const lightDown = Math.exp(-1.6 * above * above);
    const poolDown = Math.exp(-2.4 * under * under);
    for (let column = 0; column < width; column++, at += 4) {
      const light = (lightAcross[column] as number) * lightDown;
      const pool = (poolAcross[column] as number) * poolDown;
      const lightOfFloor = 0.45 * light + 0.4 * pool;
      const share = vignette(column / width, row / height);
      const noise = noiseAt(column, row) * grain;
      for (let channel = 0; channel < 3; channel++) {
        const bright = lit[channel] as number;
        const wall = (color[channel] as number) + (bright - (color[channel] as number)) * light;
        const ground = (floor[channel] as number) + (bright - (floor[channel] as number)) * lightOfFloor;
        data[at + channel] = (wall + (ground - wall) * below) * share + noise;
      }
      data[at + 3] = 255;
    }
  }
  return toRaster(canvas);
}

/** Pixels for each pixel of the frame: nothing in it is fine, and it is drawn in half the time. */
const softShare = 0.5;

/** Levels of grain from the darkest to the brightest grain. */
const grain = 3;

/** 1 in the middle, 0.72 in the corners. */
function vignette(x: number, y: number): number {
  const distance = Math.min(1, 2 * ((x - 0.5) ** 2 + (y - 0.5) ** 2));
  return 1 - 0.28 * distance * distance;
}

function smooth(share: number): number {
  const at = Math.min(1, Math.max(0, share));
  return at * at * (3 - 2 * at);
}
