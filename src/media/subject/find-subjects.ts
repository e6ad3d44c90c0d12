import type { Plane, RgbImage } from '../raster/raster.ts';
import { enlargePlane } from '../raster/resize-raster.ts';
import { classifyPatches } from './features/classify-patches.ts';
import type { PatchFacts } from './features/describe-patches.ts';
import { computeFirstFeatures } from './features/first-features.ts';
import { computeLaterFeatures } from './features/later-features.ts';
import { firstWeights, laterWeights } from './features/logistic-weights.ts';
import { type PreparedPicture, preparePicture } from './features/prepare-picture.ts';
import { learnVocabulary, type Vocabulary } from './features/vocabulary.ts';
import { outlineSubject, type SubjectMask } from './segmentation/outline-subject.ts';

const wordCount = 96;
/** Nats for a patch that moved wholly against one that stayed, and the share of movement that says nothing. */
const motionWeight = 4;
const motionNeutral = 0.25;

export interface SubjectHints {
  /** For frames of one clip over a still ground: what moved in each (`measureMotion`), 0…1; undefined says nothing. */
  moved?: readonly (Plane | undefined)[];
}

/**
 * Finds the subject that all `pictures` share (1 or more views of one thing): patches are judged by what sets them off
 * from the edges of their own picture and by how they recur in the others, twice, the second time with models of
 * subject and ground learned from the first; then a minimum cut over patches and one over pixels draw the outline.
 * Equal input gives equal output.
 */
export function findSubjects(pictures: readonly RgbImage[], hints: SubjectHints = {}): SubjectMask[] {
  const views = pictures.map(preparePicture);
  const facts = views.map((view) => view.facts);
  const probabilities = classifyViews(facts);
  return views.map((view, index) => {
    const moved = hints.moved?.[index];
    const own = probabilities[index] as Float32Array;
    return outlineSubject(view, moved ? addMotion(own, view, moved) : own);
  });
}

/** The words that the patches of all pictures share. */
export function learnWords(facts: readonly PatchFacts[]): Vocabulary {
  return learnVocabulary(facts, wordCount);
}

function classifyViews(facts: readonly PatchFacts[]): Float32Array[] {
  const words = learnWords(facts);
  const firstFeatures = computeFirstFeatures(facts, words);
  const firstProbabilities = firstFeatures.map((features) => classifyPatches(firstWeights, features));
  const laterFeatures = computeLaterFeatures(facts, words, firstFeatures, firstProbabilities);
  return laterFeatures.map((features) => classifyPatches(laterWeights, features));
}

/** The probabilities after what moved (0…1, any size) has had its say, patch by patch. */
function addMotion(probabilities: Float32Array, view: PreparedPicture, moved: Plane): Float32Array {
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
  return probabilities.map((probability, label) => {
    const kept = Math.min(0.98, Math.max(0.02, probability));
    const share = (sums[label] as number) / (area[label] as number);
    return 1 / (1 + Math.exp(-Math.log(kept / (1 - kept)) - motionWeight * (share - motionNeutral)));
  });
}
