import type { LabImage } from '../../raster/lab-image.ts';

/** Bins of the Lab histogram; 5 × 6 × 6 Lab units each over the colors that sRGB reaches. */
const binsL = 20;
const binsAb = 34;
const stepL = 5;
const stepAb = 6;
const binCount = binsL * binsAb * binsAb;
/** Count that every bin starts with, in shares of the picture: below this the histogram has nothing to say. */
const priorShare = 0.00002;

/**
 * For every pixel the logarithm of how much likelier its color is inside the subject than outside, by two Lab
 * histograms of this picture weighted with `inside` (0…1 per pixel), smoothed over neighbouring bins. Limited to
 * ±`limit` nats.
 */
export function computeColorLogOdds(lab: LabImage, inside: Float32Array, limit: number): Float32Array {
  const size = lab.width * lab.height;
  const bins = new Int32Array(size);
  const within = new Float32Array(binCount);
  const without = new Float32Array(binCount);
  let total = 0;
  for (let pixel = 0; pixel < size; pixel++) {
    const bin = binOf(lab.l[pixel] as number, lab.a[pixel] as number, lab.b[pixel] as number);
    const share = inside[pixel] as number;
    bins[pixel] = bin;
    within[bin] = (within[bin] as number) + share;
    without[bin] = (without[bin] as number) + 1 - share;
    total += share;
  }
  smoothBins(within);
  smoothBins(without);
  const prior = priorShare * size;
  const scaleIn = 1 / (total + 1);
  const scaleOut = 1 / (size - total + 1);
  const logOdds = new Float32Array(binCount).fill(Number.NaN);
  const answer = new Float32Array(size);
  for (let pixel = 0; pixel < size; pixel++) {
    const bin = bins[pixel] as number;
    let value = logOdds[bin] as number;
    if (Number.isNaN(value)) {
      value = Math.log((((within[bin] as number) + prior) * scaleIn) / (((without[bin] as number) + prior) * scaleOut));
      value = Math.min(limit, Math.max(-limit, value));
      logOdds[bin] = value;
    }
    answer[pixel] = value;
  }
  return answer;
}

function binOf(l: number, a: number, b: number): number {
  const i = Math.min(binsL - 1, Math.max(0, Math.floor(l / stepL)));
  const j = Math.min(binsAb - 1, Math.max(0, Math.floor(a / stepAb) + binsAb / 2));
  const k = Math.min(binsAb - 1, Math.max(0, Math.floor(b / stepAb) + binsAb / 2));
  return (i * binsAb + j) * binsAb + k;
}

/** Blurs with 1 2 1 along each of the three axes, in place. */
function smoothBins(bins: Float32Array): void {
  for (const stride of [1, binsAb, binsAb * binsAb]) {
    let before = 0;
    const source = bins.slice();
    for (let bin = 0; bin < binCount; bin++) {
      const here = source[bin] as number;
      before = bin >= stride ? (source[bin - stride] as number) : 0;
      const after = bin + stride < binCount ? (source[bin + stride] as number) : 0;
      if (here !== 0 || before !== 0 || after !== 0) bins[bin] = (before + 2 * here + after) / 4;
    }
  }
}
