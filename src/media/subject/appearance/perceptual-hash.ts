import type { RgbImage } from '../../raster/raster.ts';
import { shrinkRgb } from '../../raster/resize-raster.ts';

const side = 32;
const kept = 8;
/** Bits of 64 in which two hashes of one picture may differ after scaling, recompression and light edits. */
export const nearBitsMax = 8;

/**
 * 64-bit perceptual hash as 16 hexadecimal digits: signs of the lowest frequencies of the picture's lightness against
 * their median (the DCT hash of C. Zauner, 2010). Small changes of size, compression or light change few bits; it says
 * nothing about whether two different pictures show the same subject.
 */
export function computePerceptualHash(picture: RgbImage): string {
  const small = shrinkRgb(picture, side, side);
  const light = new Float64Array(side * side);
  for (let pixel = 0; pixel < light.length; pixel++) {
    light[pixel] =
      0.299 * (small.data[pixel * 3] as number) +
      0.587 * (small.data[pixel * 3 + 1] as number) +
      0.114 * (small.data[pixel * 3 + 2] as number);
  }
  const waves = lowFrequencies(light);
  const median = [...waves.slice(1)].sort((a, b) => a - b)[Math.floor((waves.length - 1) / 2)] as number;
  let hash = '';
  for (let digit = 0; digit < 16; digit++) {
    let value = 0;
    for (let bit = 0; bit < 4; bit++) value = value * 2 + ((waves[digit * 4 + bit] as number) > median ? 1 : 0);
    hash += value.toString(16);
  }
  return hash;
}

/** Number of differing bits, 0…64, of two hashes of 16 hexadecimal digits. */
export function countDifferentBits(one: string, other: string): number {
  let different = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  let count = 0;
  for (; different > 0n; different &= different - 1n) count++;
  return count;
}

/** The 8 × 8 lowest coefficients of the type-II cosine transform of a 32 × 32 plane, row by row. */
function lowFrequencies(plane: Float64Array): Float64Array {
  const wave = Float64Array.from({ length: kept * side }, (_, index) => {
    const frequency = Math.floor(index / side);
    return Math.cos((Math.PI * (2 * (index % side) + 1) * frequency) / (2 * side));
  });
  const answer = new Float64Array(kept * kept);
  for (let v = 0; v < kept; v++) {
    const row = new Float64Array(side);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        row[x] = (row[x] as number) + (wave[v * side + y] as number) * (plane[y * side + x] as number);
      }
    }
    for (let u = 0; u < kept; u++) {
      for (let x = 0; x < side; x++) {
        answer[v * kept + u] = (answer[v * kept + u] as number) + (row[x] as number) * (wave[u * side + x] as number);
      }
    }
  }
  return answer;
}
