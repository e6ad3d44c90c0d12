import type { Asset } from '../asset.ts';
import { type Raster, toRaster } from '../frame/yuv-raster.ts';
import { blurMask } from './blur-mask.ts';
import { createCanvas, paintMask } from './canvas.ts';
import { even } from './density.ts';
import { readSilhouette } from './draw-cutout.ts';

/**
 * The shadow of a cut-out. On a floor: its silhouette laid flat under its feet, dense where it touches. Else a soft dark
 * rim all around, which lifts it off a busy ground. Shadows are soft, so a quarter of the pixels along each side does.
 */
export async function drawShadow(asset: Extract<Asset, { kind: 'shadow' }>): Promise<Raster> {
  const width = even((asset.width + 2 * asset.marginPx) * share);
  const height = even((asset.height + 2 * asset.marginPx) * share);
  const figure = {
    width: even(asset.width * share),
    height: even(asset.height * share),
    left: Math.round((width - even(asset.width * share)) / 2),
    top: Math.round((height - even(asset.height * share)) / 2),
  };
  const silhouette = await readSilhouette(asset.path, figure.width, figure.height);
  const canvas = createCanvas(width, height);
  const side = Math.sqrt(figure.width * figure.height);
  const cast = (flat: number, sigma: number, drop: number, opacity: number) => {
    const mask = lay(silhouette, figure, width, height, flat, drop);
    blurMask(mask, width, height, sigma * side);
    paintMask(canvas, mask, black, opacity);
  };
  if (asset.isOnFloor) {
    cast(0.16, 0.05, 0.0, 0.4);
    cast(0.05, 0.014, 0.0, 0.55);
  } else {
    cast(1, 0.035, 0.012, 0.42);
    clearCovered(canvas, lay(silhouette, figure, width, height, 1, 0));
  }
  return toRaster(canvas);
}

const share = 0.25;
/** How far a shadow on the floor comes out in front of the feet, in its own heights. */
const contact = 0.12;
const black = [8, 9, 12] as const;

/**
 * Takes away what the figure before it hides, so that it costs no time: figures with a rim are opaque from their first
 * frame on. Uses up the mask.
 */
function clearCovered({ width, height, data }: ReturnType<typeof createCanvas>, covered: Float32Array): void {
  for (let pixel = 0; pixel < covered.length; pixel++) covered[pixel] = covered[pixel] === 1 ? 1 : 0;
  // stays 1 only where all is covered within three pixels, twelve of the frame
  blurMask(covered, width, height, 1);
  for (let pixel = 0; pixel < covered.length; pixel++) {
    if ((covered[pixel] as number) > 0.999) data.fill(0, pixel * 4, pixel * 4 + 4);
  }
}

/** The silhouette with its height shrunk to `flat` towards its feet, `drop` of its height lower. */
function lay(
  silhouette: Float32Array,
  figure: { width: number; height: number; left: number; top: number },
  width: number,
  height: number,
  flat: number,
  drop: number,
): Float32Array {
  const mask = new Float32Array(width * height);
  const feet = figure.top + figure.height * (1 + drop) + (flat < 1 ? flat * figure.height * contact : 0);
  for (let row = 0; row < height; row++) {
    const from = Math.floor(figure.height - (feet - row - 0.5) / flat);
    if (from < 0 || from >= figure.height) continue;
    for (let column = 0; column < figure.width; column++) {
      const to = column + figure.left;
      if (to < 0 || to >= width) continue;
      mask[row * width + to] = silhouette[from * figure.width + column] as number;
    }
  }
  return mask;
}
