import type { Plane, RgbImage } from '../raster/raster.ts';
import { classifyPatches } from './features/classify-patches.ts';
import type { PatchFacts } from './features/describe-patches.ts';
import { computeFirstFeatures } from './features/first-features.ts';
import { computeLaterFeatures } from './features/later-features.ts';
import { firstWeights, laterWeights } from './features/logistic-weights.ts';
import { preparePicture } from './features/prepare-picture.ts';
import { learnVocabulary, type Vocabulary } from './features/vocabulary.ts';
import { addMatte, addMotion, addPersons } from './segmentation/add-clues.ts';
import { outlineSubject, type SubjectMask } from './segmentation/outline-subject.ts';

const wordCount = 96;

export interface SubjectHints {
  /** For frames of one clip over a still ground: what moved in each (`measureMotion`), 0…1; undefined says nothing. */
  moved?: readonly (Plane | undefined)[];
  /** What a network that knows persons takes for one, 0…1, any size: toys and animals too; undefined says nothing. */
  persons?: readonly (Plane | undefined)[];
  /** What a matting model has drawn, 0…1, any size; undefined says nothing. */
  mattes?: readonly (Plane | undefined)[];
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
    const persons = hints.persons?.[index];
    const matte = hints.mattes?.[index];
    const own = probabilities[index] as Float32Array;
    const seen = moved ? addMotion(own, view, moved) : own;
    const told = persons ? addPersons(seen, view, persons) : seen;
    return outlineSubject(view, matte ? addMatte(told, view, matte) : told, seen, matte);
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
