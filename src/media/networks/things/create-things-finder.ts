import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plane, RgbImage } from '../../raster/raster.ts';
import { resampleRgb } from '../../raster/resample-rgb.ts';
import { layOutU2Net } from './lay-out-u2net.ts';
import { planWholeNumbers, type RunWholeNumbers } from './plan-whole-numbers.ts';
import { inputSteps, outputSteps } from './weights.ts';

/** What steps may ask of the network that knows things. Equal input gives equal output. */
export interface ThingsFinder {
  /** The chance 0…1 of each pixel, at 80 × 80 whatever the picture's shape, to be of the thing that a picture is of. */
  draw(picture: RgbImage): Plane;
  /** The same at 48 × 48, in a third of the time: enough to see that something is missing. */
  glance(picture: RgbImage): Plane;
}

/** Sides of the square that a picture is made, whatever its shape, as for the pictures that the network was trained on. */
const drawPx = 320;
const glancePx = 192;
/** Of a color's share of 255, red, green and blue: those of ImageNet. */
const mean = [0.485, 0.456, 0.406] as const;
const deviation = [0.229, 0.224, 0.225] as const;
/** Beside this file: `packLayer` of every convolution, written by bench/fit-things-network.ts. */
const weightsFile = 'u2netp.bin';

/** Laid out at the first use, once for a process. */
let looks: readonly RunWholeNumbers[] | undefined;

/** The network lies in the repository: it is always there. */
export function createThingsFinder(): ThingsFinder {
  return { draw: (picture) => look(picture, drawPx), glance: (picture) => look(picture, glancePx) };
}

function look(picture: RgbImage, px: typeof drawPx | typeof glancePx): Plane {
  const sides = [drawPx, glancePx];
  looks ??= planWholeNumbers(layOutU2Net(), readFileSync(join(import.meta.dirname, weightsFile)), sides);
  const run = looks[sides.indexOf(px)] as RunWholeNumbers;
  const logOdds = run(readPixels(picture, px));
  const side = Math.sqrt(logOdds.length);
  const data = Float32Array.from(logOdds, (value) => 1 / (1 + Math.exp(-value / outputSteps)));
  return { width: side, height: side, data };
}

/** The colors as the network takes them, in whole numbers, of a square. */
export function readPixels(picture: RgbImage, side: number): Int16Array {
  const pixels = resampleRgb(picture, side, side);
  const whole = new Int16Array(pixels.length);
  for (let at = 0; at < whole.length; at++) {
    const share = (pixels[at] as number) / 255;
    whole[at] = Math.round(((share - (mean[at % 3] as number)) / (deviation[at % 3] as number)) * inputSteps);
  }
  return whole;
}
