import type { PatchFacts } from './describe-patches.ts';
import { gatherFirstClues } from './first-clues.ts';
import { judgePatches } from './judge-patches.ts';
import { firstJudge, secondJudge } from './judges.ts';
import { gatherLaterClues } from './later-clues.ts';
import { outlineSubject, type SubjectMask } from './outline-subject.ts';
import type { Plane, RgbImage } from './raster.ts';
import { readView, type View } from './read-view.ts';
import { enlargePlane } from './resize-raster.ts';
import { learnVocabulary, type Vocabulary } from './vocabulary.ts';

const WORD_COUNT = 96;
/** Nats for a patch that moved wholly against one that stayed, and the share of movement that says nothing. */
const MOTION_WEIGHT = 4;
const MOTION_NEUTRAL = 0.25;

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
  const views = pictures.map(readView);
  const facts = views.map((view) => view.facts);
  const chances = judgeViews(facts);
  return views.map((view, index) => {
    const moved = hints.moved?.[index];
    const own = chances[index] as Float32Array;
    return outlineSubject(view, moved ? addMotion(own, view, moved) : own);
  });
}

/** The words that the patches of all pictures share. */
export function learnWords(facts: readonly PatchFacts[]): Vocabulary {
  return learnVocabulary(facts, WORD_COUNT);
}

function judgeViews(facts: readonly PatchFacts[]): Float32Array[] {
  const words = learnWords(facts);
  const firstClues = gatherFirstClues(facts, words);
  const firstChances = firstClues.map((clues) => judgePatches(firstJudge, clues));
  const laterClues = gatherLaterClues(facts, words, firstClues, firstChances);
  return laterClues.map((clues) => judgePatches(secondJudge, clues));
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
