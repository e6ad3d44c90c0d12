import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plane, RgbImage } from '../../raster/raster.ts';
import { resampleRgb } from '../../raster/resample-rgb.ts';
import { layOutU2Net } from './lay-out-u2net.ts';
import { planWholeNumbers, type RunWholeNumbers } from './plan-whole-numbers.ts';
import { inputSteps, outputSteps } from './weights.ts';

/** Side of the square that a picture is made, whatever its shape, as for the pictures that the network was trained on (those with 320). */
const networkPx = 192;
/** Of a color's share of 255, red, green and blue: those of ImageNet. */
const mean = [0.485, 0.456, 0.406] as const;
const deviation = [0.229, 0.224, 0.225] as const;
/** Beside this file: `packLayer` of every convolution, written by bench/fit-things-network.ts. */
const weightsFile = 'u2netp.bin';

/** Laid out at the first use, once for a process. */
let network: RunWholeNumbers | undefined;

/** The chance 0…1 of each pixel, at 48 × 48 whatever the picture's shape, to be of the thing that a picture is of. Equal input gives equal output. */
export function drawThings(picture: RgbImage): Plane {
  network ??= planWholeNumbers(layOutU2Net(), readFileSync(join(import.meta.dirname, weightsFile)), networkPx);
  const logOdds = network(readPixels(picture, networkPx));
  const side = Math.sqrt(logOdds.length);
  const data = Float32Array.from(logOdds, (value) => 1 / (1 + Math.exp(-value / outputSteps)));
  return { width: side, height: side, data };
}

/** The colors as the network takes them, in whole numbers, of a square. */
export function readPixels(picture: RgbImage, side: number): Int16Array {
  const pixels = resampleRgb(picture, side, side);
  return Int16Array.from(pixels, (value, at) =>
    Math.round(((value / 255 - (mean[at % 3] as number)) / (deviation[at % 3] as number)) * inputSteps),
  );
}
