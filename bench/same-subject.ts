/**
 * How well the same-subject score tells a subject from others, over all pairs of photos: ROC AUC against subjects of
 * other kinds (easy) and against other subjects of the same kind (hard). The weights that score a pair were fitted
 * without both of its subjects.
 *
 *     node bench/same-subject.ts --media <folder> [--write]
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareAppearances, likenessNames } from '../src/media/subject/appearance/compare-appearances.ts';
import { type Appearance, describeAppearance } from '../src/media/subject/appearance/describe-appearance.ts';
import { guideAlpha } from '../src/media/subject/cutout/guide-alpha.ts';
import { findSubjects } from '../src/media/subject/find-subjects.ts';
import { fitLogistic } from './fit-logistic.ts';
import { createDice, findSubjectsFolder, listPhotos, loadPhoto } from './sample-media.ts';

interface Photo {
  subject: string;
  kind: string;
  look: Appearance;
}

interface Pair {
  one: string;
  other: string;
  group: 'same' | 'easy' | 'hard';
  likeness: Float32Array;
  score: number;
}

const ridge = 3e-3;
const resamples = 1000;
const folder = findSubjectsFolder();
const kinds = JSON.parse(await readFile(join(folder, 'kinds.json'), 'utf8')) as Record<string, string>;
const photos = await loadPhotos();
const pairs = makePairs();
scoreLeavingOut();
printTable();
if (process.argv.includes('--write')) await writeWeights();

async function loadPhotos(): Promise<Photo[]> {
  const found: Photo[] = [];
  let describeMs = 0;
  for (const [subject, names] of await listPhotos(folder)) {
    const pictures = await Promise.all(names.map((name) => loadPhoto(folder, name, 512)));
    const masks = findSubjects(pictures);
    for (const [index, picture] of pictures.entries()) {
      const alpha = guideAlpha((masks[index] as (typeof masks)[0]).mask, picture);
      const start = performance.now();
      found.push({ subject, kind: kinds[subject] as string, look: describeAppearance(picture, alpha) });
      describeMs += performance.now() - start;
    }
  }
  console.log(`${found.length} photos, ${(describeMs / found.length).toFixed(1)} ms to describe one`);
  return found;
}

function makePairs(): Pair[] {
  const made: Pair[] = [];
  const start = performance.now();
  for (const [index, one] of photos.entries()) {
    for (const other of photos.slice(index + 1)) {
      const group = one.subject === other.subject ? 'same' : one.kind === other.kind ? 'hard' : 'easy';
      made.push({
        one: one.subject,
        other: other.subject,
        group,
        likeness: compareAppearances(one.look, other.look),
        score: 0,
      });
    }
  }
  console.log(`${made.length} pairs, ${((performance.now() - start) / made.length).toFixed(2)} ms to compare one`);
  return made;
}

/** Same, easy and hard pairs count a third each, and each subject the same within the same pairs. */
function fitPairs(part: readonly Pair[]) {
  const counts = new Map<string, number>();
  const keyOf = (pair: Pair) => (pair.group === 'same' ? `same ${pair.one}` : pair.group);
  for (const pair of part) counts.set(keyOf(pair), (counts.get(keyOf(pair)) ?? 0) + 1);
  const sames = [...counts.keys()].filter((key) => key.startsWith('same')).length;
  const width = likenessNames.length;
  const values = new Float32Array(part.length * width);
  for (const [index, pair] of part.entries()) values.set(pair.likeness, index * width);
  return fitLogistic(
    [
      {
        values,
        wished: Float32Array.from(part, (pair) => (pair.group === 'same' ? 1 : 0)),
        weight: Float32Array.from(
          part,
          (pair) => 1 / (counts.get(keyOf(pair)) as number) / (pair.group === 'same' ? sames : 1),
        ),
        width,
      },
    ],
    ridge,
  );
}

function scoreLeavingOut(): void {
  const fits = new Map<string, ReturnType<typeof fitPairs>>();
  for (const pair of pairs) {
    const key = [pair.one, pair.other].sort().join(' ');
    let weights = fits.get(key);
    if (!weights) {
      const out = new Set([pair.one, pair.other]);
      weights = fitPairs(pairs.filter((one) => !out.has(one.one) && !out.has(one.other)));
      fits.set(key, weights);
    }
    const { bias, weights: factors } = weights;
    const sum = factors.reduce((total, factor, index) => total + factor * (pair.likeness[index] as number), bias);
    pair.score = 1 / (1 + Math.exp(-sum));
  }
}

function printTable(): void {
  console.log('ROC AUC over pairs (95 % bootstrap interval over subjects)');
  for (const [index, name] of likenessNames.entries()) {
    console.log(
      `  ${name.padEnd(14)} alone      easy ${auc(pairs, 'easy', (pair) => pair.likeness[index] as number).toFixed(3)}   hard ${auc(pairs, 'hard', (pair) => pair.likeness[index] as number).toFixed(3)}`,
    );
  }
  for (const group of ['easy', 'hard'] as const) {
    const value = auc(pairs, group, (pair) => pair.score);
    const [low, high] = interval(group);
    console.log(`fused, subjects left out, ${group}: ${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`);
  }
  for (const threshold of [0.3, 0.4, 0.5, 0.6]) {
    const share = (group: Pair['group']) => {
      const list = pairs.filter((pair) => pair.group === group);
      return ((list.filter((pair) => pair.score < threshold).length / list.length) * 100).toFixed(0);
    };
    console.log(`  below ${threshold}: same ${share('same')} %, easy ${share('easy')} %, hard ${share('hard')} %`);
  }
  for (const subject of new Set(photos.map((photo) => photo.subject))) {
    const own = pairs.filter((pair) => pair.one === subject || pair.other === subject);
    const show = (group: 'easy' | 'hard') =>
      own.some((pair) => pair.group === group) ? auc(own, group, (pair) => pair.score).toFixed(3) : '  –  ';
    console.log(`  ${subject.padEnd(22)} easy ${show('easy')}  hard ${show('hard')}`);
  }
}

/** Chance that a pair of the same subject scores above one of `group`; ties count half. */
function auc(list: readonly Pair[], group: Pair['group'], score: (pair: Pair) => number): number {
  const ranked = list
    .filter((pair) => pair.group === 'same' || pair.group === group)
    .map((pair) => ({ same: pair.group === 'same', score: score(pair) }))
    .sort((a, b) => a.score - b.score);
  let sames = 0;
  let others = 0;
  let won = 0;
  for (let at = 0; at < ranked.length; ) {
    let end = at;
    let tiedOthers = 0;
    let tiedSames = 0;
    while (end < ranked.length && ranked[end]?.score === ranked[at]?.score) {
      if (ranked[end]?.same) tiedSames++;
      else tiedOthers++;
      end++;
    }
    won += tiedSames * (others + tiedOthers / 2);
    sames += tiedSames;
    others += tiedOthers;
    at = end;
  }
  return won / (sames * others);
}

/** Draws subjects with replacement; a pair counts as often as its subjects were drawn together. */
function interval(group: 'easy' | 'hard'): [number, number] {
  const dice = createDice(11);
  const subjects = [...new Set(photos.map((photo) => photo.subject))];
  const relevant = pairs
    .filter((pair) => pair.group === 'same' || pair.group === group)
    .sort((a, b) => a.score - b.score);
  const values: number[] = [];
  for (let round = 0; round < resamples; round++) {
    const drawn = new Map<string, number>();
    for (let index = 0; index < subjects.length; index++) {
      const subject = subjects[Math.floor(dice() * subjects.length)] as string;
      drawn.set(subject, (drawn.get(subject) ?? 0) + 1);
    }
    let others = 0;
    let sames = 0;
    let won = 0;
    for (const pair of relevant) {
      const one = drawn.get(pair.one) ?? 0;
      const weight = pair.group === 'same' ? one : one * (drawn.get(pair.other) ?? 0);
      if (pair.group === 'same') {
        won += weight * others;
        sames += weight;
      } else others += weight;
    }
    if (sames > 0 && others > 0) values.push(won / (sames * others));
  }
  values.sort((a, b) => a - b);
  return [values[Math.floor(values.length * 0.025)] as number, values[Math.floor(values.length * 0.975)] as number];
}

async function writeWeights(): Promise<void> {
  const { bias, weights } = fitPairs(pairs);
  const text = `import type { LogisticModel } from './judge-patches.ts';

/** Fuses the likenesses of two looks. Written by bench/same-subject.ts over all pairs; never by hand. */
export const sameSubjectWeights: LogisticModel = {
  bias: ${bias.toFixed(4)},
  weights: [
${likenessNames.map((name, index) => `    ${(weights[index] as number).toFixed(4)}, // ${name}`).join('\n')}
  ],
};
`;
  await writeFile(join(import.meta.dirname, '../src/media/subject/appearance/same-subject-weights.ts'), text);
}
