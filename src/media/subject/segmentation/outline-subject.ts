import { cleanMask } from '../../raster/clean-mask.ts';
import { closeMask } from '../../raster/close-mask.ts';
import type { LabImage } from '../../raster/lab-image.ts';
import { type Box, cropPlane, type Plane } from '../../raster/raster.ts';
import { enlargePlane } from '../../raster/resize-raster.ts';
import type { PreparedPicture } from '../features/prepare-picture.ts';
import { computeColorLogOdds } from './color-log-odds.ts';
import { followMatte } from './follow-matte.ts';
import { followThinParts } from './follow-thin-parts.ts';
import { labelPatches } from './label-patches.ts';
import { labelPixels } from './label-pixels.ts';
import { rateOutline, rateWithMatte } from './rate-outline.ts';

/** Where the subject is in one picture. */
export interface SubjectMask {
  /** 1 subject, 0 surroundings, with the shape of the picture and a long side of 256 px at most, or of a matting model's matte (0…1 then). */
  readonly mask: Plane;
  /** The probability, 0…1, that the mask is good to the eye: an IoU of 0.92 or more with the true subject (`rateOutline`). */
  readonly confidence: number;
}

const pixelCut = { smoothness: 3, bandPx: 12 };
const pixelRounds = 2;
const cleaning = { shareMin: 0.3, holeShareMax: 0.2 };
const inlets = { radius: 3, holeShareMax: 0.2 };
/** How much of the mask's place in the color histograms is left to the patches' probabilities. */
const doubt = 0.3;
/** Nats of the pixel's color and of its patch in the last cut. */
const colorLimit = 3;
const colorWeight = 0.6;
const patchWeight = 0.25;

/**
 * The mask of one view from the probabilities of its patches (0…1 each). `before` are those before a further clue had its say, by which
 * the mask is rated: what the clue alone has drawn is not surer for being drawn. `matte` (0…1, any size) is that of a matting model that had its say
 * in the probabilities: the mask keeps its detail, its agreement counts in the rating.
 */
export function outlineSubject(
  view: PreparedPicture,
  probabilities: Float32Array,
  before: Float32Array = probabilities,
  matte?: Plane,
): SubjectMask {
  const { lab, facts, box, working } = view;
  const { labels } = facts.patches;
  const size = labels.length;
  const patchMask = labelPatches(facts, probabilities);
  let mask: Uint8Array = new Uint8Array(size);
  for (let pixel = 0; pixel < size; pixel++) mask[pixel] = patchMask[labels[pixel] as number] as number;
  mask = cleanMask(mask, lab.width, lab.height, cleaning);
  for (let round = 0; round < pixelRounds; round++) {
    const logOdds = weighPixels(lab, labels, mask, probabilities);
    mask = cleanMask(labelPixels(lab, logOdds, mask, pixelCut), lab.width, lab.height, cleaning);
  }
  mask = closeMask(mask, lab.width, lab.height, inlets);
  const placed = placeInside(followThinParts(mask, lab), box, working);
  if (matte !== undefined) {
    const inside = cropPlane(enlargePlane(matte, working.width, working.height), box);
    return { mask: followMatte(placed, matte), confidence: rateWithMatte(facts, before, mask, inside) };
  }
  const rated = before === probabilities ? patchMask : labelPatches(facts, before);
  return { mask: placed, confidence: rateOutline(facts, before, rated, mask) };
}

/** Nats for subject of every pixel: by its color in this picture, and by the probability of its patch. */
function weighPixels(lab: LabImage, labels: Int32Array, mask: Uint8Array, probabilities: Float32Array): Float32Array {
  const inside = new Float32Array(mask.length);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    inside[pixel] = (mask[pixel] as number) * (1 - doubt) + doubt * (probabilities[labels[pixel] as number] as number);
  }
  const logOdds = computeColorLogOdds(lab, inside, colorLimit);
  const patchLogOdds = probabilities.map((probability) => {
    const kept = Math.min(0.98, Math.max(0.02, probability));
    return Math.log(kept / (1 - kept));
  });
  for (let pixel = 0; pixel < mask.length; pixel++) {
    logOdds[pixel] =
      colorWeight * (logOdds[pixel] as number) + patchWeight * (patchLogOdds[labels[pixel] as number] as number);
  }
  return logOdds;
}

/** The mask of the part inside the bars as a plane of the whole picture; the bars are 0. */
export function placeInside(mask: Uint8Array, box: Box, size: { width: number; height: number }): Plane {
  const data = new Float32Array(size.width * size.height);
  for (let y = 0; y < box.height; y++) {
    const to = (y + box.top) * size.width + box.left;
    for (let x = 0; x < box.width; x++) data[to + x] = mask[y * box.width + x] as number;
  }
  return { width: size.width, height: size.height, data };
}
