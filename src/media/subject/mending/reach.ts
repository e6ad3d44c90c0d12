import type { LabImage } from '../../raster/lab-image.ts';

/** Lab distance between neighbours that costs nothing: noise and shading. */
const freeStep = 1;
/** A way may wind: twice there and back over the picture finds all but mazes. */
const sweeps = 2;

export interface ReachOptions {
  /** Price of one pixel of way between equal colors. */
  stepPrice: number;
  /** Ways from here on are none. */
  priceMax: number;
}

/**
 * Price of the cheapest way from the pixels of `seeds` (1) to each pixel, by the colors that lie between (geodesic distance by raster sweeps,
 * after P. Toivanen, "New geodesic distance transforms for gray-scale images", 1996); `priceMax` where there is none.
 */
export function measureReach(lab: LabImage, seeds: Uint8Array, options: ReachOptions): Float32Array {
  const { width, height } = lab;
  const price = new Float32Array(width * height).fill(options.priceMax);
  for (let pixel = 0; pixel < price.length; pixel++) if (seeds[pixel]) price[pixel] = 0;
  const { left, top, right, bottom } = boundReach(lab, seeds, options);
  const relax = createRelax(lab, price, options.stepPrice);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let y = top; y <= bottom; y++) {
      for (let x = left, pixel = y * width + left; x <= right; x++, pixel++) {
        if (x > left) relax(pixel, pixel - 1, 1);
        if (y === top) continue;
        relax(pixel, pixel - width, 1);
        if (x > left) relax(pixel, pixel - width - 1, Math.SQRT2);
        if (x < right) relax(pixel, pixel - width + 1, Math.SQRT2);
      }
    }
    for (let y = bottom; y >= top; y--) {
      for (let x = right, pixel = y * width + right; x >= left; x--, pixel--) {
        if (x < right) relax(pixel, pixel + 1, 1);
        if (y === bottom) continue;
        relax(pixel, pixel + width, 1);
        if (x < right) relax(pixel, pixel + width + 1, Math.SQRT2);
        if (x > left) relax(pixel, pixel + width - 1, Math.SQRT2);
      }
    }
  }
  return price;
}

/** Nothing outside of this box can be reached, whatever its color. */
function boundReach({ width, height }: LabImage, seeds: Uint8Array, { stepPrice, priceMax }: ReachOptions) {
  const far = Math.ceil(priceMax / stepPrice);
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if (!seeds[pixel]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return {
    left: Math.max(0, left - far),
    top: Math.max(0, top - far),
    right: Math.min(width - 1, right + far),
    bottom: Math.min(height - 1, bottom + far),
  };
}

function createRelax({ l, a, b }: LabImage, price: Float32Array, stepPrice: number) {
  return (pixel: number, from: number, steps: number): void => {
    const known = price[pixel] as number;
    const way = (price[from] as number) + stepPrice * steps;
    if (way >= known) return;
    const dl = (l[pixel] as number) - (l[from] as number);
    const da = (a[pixel] as number) - (a[from] as number);
    const db = (b[pixel] as number) - (b[from] as number);
    const whole = way + Math.max(0, Math.sqrt(dl * dl + da * da + db * db) - freeStep);
    if (whole < known) price[pixel] = whole;
  };
}
