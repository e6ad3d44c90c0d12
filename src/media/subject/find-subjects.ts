import { cleanMask } from './clean-mask.ts';
import { computeColourOdds } from './colour-odds.ts';
import { cutPatches } from './cut-patches.ts';
import { cutPixels } from './cut-pixels.ts';
import { describePatches, type PatchFacts } from './describe-patches.ts';
import { findLetterbox } from './find-letterbox.ts';
import { gatherFirstClues } from './first-clues.ts';
import { type Judge, judgePatches } from './judge-patches.ts';
import { firstJudge, secondJudge } from './judges.ts';
import { type LabImage, toLabImage } from './lab-image.ts';
import { gatherLaterClues } from './later-clues.ts';
import { type Box, cropRgb, type Plane, type RgbImage } from './raster.ts';
import { enlargePlane, fitLongSide, shrinkRgb } from './resize-raster.ts';
import { findSuperpixels } from './superpixels.ts';
import { learnVocabulary, type Vocabulary } from './vocabulary.ts';

/** Where the subject is in one picture. */
export interface SubjectMask {
  /** 1 subject, 0 surroundings, with the shape of the picture and a long side of at most `WORKING_PX`. */
  readonly mask: Plane;
  /** How far mask and clues agree, 0…1: an estimate of the IoU with the true subject. */
  readonly confidence: number;
}

/** Long side at which the subject is looked for: finer costs more and finds the same (see docs/decisions). */
export const WORKING_PX = 256;
const WORD_COUNT = 96;
const PATCHES = { spacingPx: 10, compactness: 15, rounds: 5 };
const PATCH_CUT = { stiffness: 3, colourSigma: 8 };
const PIXEL_CUT = { stiffness: 3, bandPx: 12 };
/** Nats for a patch that moved wholly against one that stayed, and the share of movement that says nothing. */
const MOTION_WEIGHT = 4;
const MOTION_NEUTRAL = 0.25;
const PIXEL_ROUNDS = 2;
const CLEANING = { shareMin: 0.3, holeShareMax: 0.2 };
/** How much of the mask's place in the colour histograms is left to the patches' chances. */
const DOUBT = 0.3;
/** Nats of the pixel's colour and of its patch in the last cut. */
const COLOUR_LIMIT = 3;
const COLOUR_WEIGHT = 0.6;
const PATCH_WEIGHT = 0.25;

export interface SubjectHints {
  /** For frames of one clip over a still ground: what moved in each (`measureMotion`), 0…1; undefined says nothing. */
  moved?: readonly (Plane | undefined)[];
  /** Other fitted judges than the shipped ones; for benchmarks that must not know the subjects. */
  judges?: { first: Judge; second: Judge };
}

interface View {
  lab: LabImage;
  facts: PatchFacts;
  /** The part of the working picture inside letterbox bars. */
  box: Box;
  working: { width: number; height: number };
}

/**
 * Finds the subject that all `pictures` share (1 or more views of one thing): patches are judged by what sets them off
 * from the edges of their own picture and by how they recur in the others, twice, the second time with models of
 * subject and ground learned from the first; then a minimum cut over patches and one over pixels draw the outline.
 * Equal input gives equal output.
 */
export function findSubjects(pictures: readonly RgbImage[], hints: SubjectHints = {}): SubjectMask[] {
  const views = pictures.map(readView);
  const facts = views.map((view) => view.facts);
  const chances = judgeViews(facts, hints.judges ?? { first: firstJudge, second: secondJudge });
  return views.map((view, index) => {
    const moved = hints.moved?.[index];
    const own = chances[index] as Float32Array;
    return outlineSubject(view, moved ? addMotion(own, view, moved) : own);
  });
}

/** What the fit of the judges needs as well: patches, shared words and both rounds of clues. */
export function readView(picture: RgbImage): View {
  const working = fitLongSide(picture, WORKING_PX);
  const whole = shrinkRgb(picture, working.width, working.height);
  const box = findLetterbox(whole);
  const lab = toLabImage(cropRgb(whole, box));
  return { lab, facts: describePatches(lab, findSuperpixels(lab, PATCHES)), box, working };
}

export function learnWords(facts: readonly PatchFacts[]): Vocabulary {
  return learnVocabulary(facts, WORD_COUNT);
}

function judgeViews(facts: readonly PatchFacts[], judges: { first: Judge; second: Judge }): Float32Array[] {
  const words = learnWords(facts);
  const firstClues = gatherFirstClues(facts, words);
  const firstChances = firstClues.map((clues) => judgePatches(judges.first, clues));
  const laterClues = gatherLaterClues(facts, words, firstClues, firstChances);
  return laterClues.map((clues) => judgePatches(judges.second, clues));
}

/** The chances after what moved (0…1, any size) has had its say, patch by patch. */
function addMotion(chances: Float32Array, view: View, moved: Plane): Float32Array {
  const { box, working } = view;
  const { labels, count, area } = view.facts.patches;
  const whole = enlargePlane(moved, working.width, working.height);
  const sums = new Float32Array(count);
  for (let y = 0, pixel = 0; y < box.height; y++) {
    let from = (y + box.top) * working.width + box.left;
    for (let x = 0; x < box.width; x++, pixel++, from++) {
      const label = labels[pixel] as number;
      sums[label] = (sums[label] as number) + (whole.data[from] as number);
    }
  }
  return chances.map((chance, label) => {
    const kept = Math.min(0.98, Math.max(0.02, chance));
    const share = (sums[label] as number) / (area[label] as number);
    return 1 / (1 + Math.exp(-Math.log(kept / (1 - kept)) - MOTION_WEIGHT * (share - MOTION_NEUTRAL)));
  });
}

/** The mask of one view from the chances of its patches. */
export function outlineSubject(view: View, chances: Float32Array): SubjectMask {
  const { lab, facts, box, working } = view;
  const { labels } = facts.patches;
  const size = labels.length;
  const patchMask = cutPatches(facts, chances, PATCH_CUT);
  let mask: Uint8Array = new Uint8Array(size);
  for (let pixel = 0; pixel < size; pixel++) mask[pixel] = patchMask[labels[pixel] as number] as number;
  mask = cleanMask(mask, lab.width, lab.height, CLEANING);
  for (let round = 0; round < PIXEL_ROUNDS; round++) {
    const odds = weighPixels(lab, labels, mask, chances);
    mask = cleanMask(cutPixels(lab, odds, mask, PIXEL_CUT), lab.width, lab.height, CLEANING);
  }
  return { mask: placeInside(mask, box, working), confidence: estimateOverlap(mask, labels, chances) };
}

/** Nats for subject of every pixel: by its colour in this picture, and by the chance of its patch. */
function weighPixels(lab: LabImage, labels: Int32Array, mask: Uint8Array, chances: Float32Array): Float32Array {
  const inside = new Float32Array(mask.length);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    inside[pixel] = (mask[pixel] as number) * (1 - DOUBT) + DOUBT * (chances[labels[pixel] as number] as number);
  }
  const odds = computeColourOdds(lab, inside, COLOUR_LIMIT);
  const patchOdds = chances.map((chance) => {
    const kept = Math.min(0.98, Math.max(0.02, chance));
    return Math.log(kept / (1 - kept));
  });
  for (let pixel = 0; pixel < mask.length; pixel++) {
    odds[pixel] =
      COLOUR_WEIGHT * (odds[pixel] as number) + PATCH_WEIGHT * (patchOdds[labels[pixel] as number] as number);
  }
  return odds;
}

/** Expected intersection over expected union of the mask with a subject of these chances. */
function estimateOverlap(mask: Uint8Array, labels: Int32Array, chances: Float32Array): number {
  let both = 0;
  let either = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const chance = chances[labels[pixel] as number] as number;
    if (mask[pixel]) {
      both += chance;
      either += 1;
    } else {
      either += chance;
    }
  }
  return either > 0 ? both / either : 0;
}

function placeInside(mask: Uint8Array, box: Box, size: { width: number; height: number }): Plane {
  const data = new Float32Array(size.width * size.height);
  for (let y = 0; y < box.height; y++) {
    const to = (y + box.top) * size.width + box.left;
    for (let x = 0; x < box.width; x++) data[to + x] = mask[y * box.width + x] as number;
  }
  return { width: size.width, height: size.height, data };
}
