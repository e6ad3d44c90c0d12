/**
 * Fits the confidence of people that the networks drew: pictures of one person whose cut-outs a strict eye has judged. Prints how it
 * holds for collections that the fit hasn't seen, beside what the bare agreement said and what a fit of it alone says.
 *
 *     node bench/fit-person-confidence.ts --media <folder> --checkouts <folder of public repositories> [--write]
 */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createPeopleFinder } from '../src/media/networks/index.ts';
import { shrinkPixels } from '../src/media/raster/shrink-pixels.ts';
import { classifyPatches, type LogisticModel } from '../src/media/subject/features/classify-patches.ts';
import { outlinePerson } from '../src/media/subject/index.ts';
import { rules } from '../src/media/subject/report-quality.ts';
import { measurePersonSigns } from '../src/media/subject/segmentation/outline-person.ts';
import { smallSidePx } from '../src/media/views/view.ts';
import { fitLogistic } from './fit-logistic.ts';
import { type JudgedPicture, loadJudgedPeople } from './helpers/load-judged-people.ts';
import { findSubjectsFolder } from './sample-media.ts';

interface Row extends Omit<JudgedPicture, 'image'> {
  readonly agreement: number;
  readonly disputed: number;
}

const ridge = 3e-3;
const people = createPeopleFinder();
if (people === null) throw new Error('the packages of the people networks are not installed');
const checkouts = process.argv[process.argv.indexOf('--checkouts') + 1] as string;
const pictures = await loadJudgedPeople(dirname(findSubjectsFolder()), checkouts);
const rows: Row[] = [];
let severalCount = 0;
for (const { image, ...judged } of pictures) {
  const small = shrinkPixels({ ...image, data: Uint8Array.from(image.data), channels: 3 }, smallSidePx);
  const faces = people.findFaces(small);
  // Where several are found the cut-out is unsure in any case.
  if (faces.length === 1) {
    const chances = people.drawPersons(small);
    const mirrored = people.drawMirrored(small, chances);
    const { agreement, disputed } = outlinePerson(small, { chances, mirrored }, faces);
    rows.push({ ...judged, agreement, disputed });
  } else severalCount += 1;
}
console.log(`${pictures.length} pictures, ${severalCount} of them with another number of faces than one`);
/** The agreement alone, and with what the mirrored look disputes. */
const both = 2;
print('the bare agreement', (row) => row.agreement);
print('the agreement fitted, collections left out', (row) => leaveOut(row, 1));
print('both signs, collections left out', (row) => leaveOut(row, both));
print('both signs, one picture left out', (row) => rate(fitSigns(without([row]), both), row));
const chosen = fitSigns(rows, both);
print('both signs, fitted on all', (row) => rate(chosen, row));
console.log(chosen);
if (process.argv.includes('--write')) await writeWeights(chosen);

function fitSigns(part: readonly Row[], width: number): LogisticModel {
  return fitLogistic(
    part.map((row) => ({
      values: measurePersonSigns(row).subarray(0, width),
      wished: Float32Array.of(row.judged === 'good' ? 1 : 0),
      weight: Float32Array.of(1),
      width,
    })),
    ridge,
  );
}

function rate(model: LogisticModel, row: Row): number {
  const values = measurePersonSigns(row).subarray(0, model.weights.length);
  return classifyPatches(model, { count: 1, values })[0] as number;
}

function leaveOut(row: Row, width: number): number {
  return rate(fitSigns(without(rows.filter(({ collection }) => collection === row.collection)), width), row);
}

function without(part: readonly Row[]): Row[] {
  return rows.filter((row) => !part.includes(row));
}

function print(title: string, judge: (row: Row) => number): void {
  const sure = rows.filter((row) => judge(row) >= rules.matte_unsure);
  const good = rows.filter(({ judged }) => judged === 'good');
  const count = (judged: Row['judged']) => sure.filter((row) => row.judged === judged).length;
  console.log(
    `${title}: of ${sure.length} sure ${count('good')} good, ${count('partial')} partial, ${count('bad')} bad, ` +
      `${percent(sure.length - count('good'), sure.length)} not good; ` +
      `of ${good.length} good ones unsure ${good.length - count('good')}, ${percent(good.length - count('good'), good.length)}; ` +
      `${(rows.reduce((sum, row) => sum + surprise(row, judge(row)), 0) / rows.length).toFixed(3)} nats`,
  );
}

function surprise({ judged }: Row, chance: number): number {
  return -Math.log(judged === 'good' ? chance : 1 - chance);
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

async function writeWeights({ bias, weights }: LogisticModel): Promise<void> {
  const text = `import type { LogisticModel } from '../features/classify-patches.ts';

/** Weighs the signs of a person that the networks drew. Written by bench/fit-person-confidence.ts; never by hand. */
export const personConfidenceWeights: LogisticModel = {
  bias: ${bias.toFixed(4)},
  weights: [
    ${(weights[0] as number).toFixed(4)}, // log-odds of the agreement
    ${(weights[1] as number).toFixed(4)}, // log of what both looks dispute
  ],
};
`;
  await writeFile(join(import.meta.dirname, '../src/media/subject/segmentation/person-confidence-weights.ts'), text);
}
