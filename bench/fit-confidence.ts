/**
 * Fits the confidence of cut-outs on plain ground: subjects with known masks, photographed and drawn, persons among them, laid on
 * grounds of many colors, their own too. Prints how it holds for subjects that the fit hasn't seen.
 *
 *     node bench/fit-confidence.ts --media <folder> [--write]
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classifyPatches, type LogisticModel } from '../src/media/subject/features/classify-patches.ts';
import { cutOnPlainGround } from '../src/media/subject/ground/cut-on-plain-ground.ts';
import { rules } from '../src/media/subject/report-quality.ts';
import { fitLogistic } from './fit-logistic.ts';
import { layOnGround, plainGrounds } from './helpers/lay-on-ground.ts';
import { loadTruePictures, type TruePicture } from './helpers/load-truth-polygons.ts';
import { maskIou, shrinkMask } from './mask-iou.ts';
import { findSubjectsFolder, listPhotos, loadPhoto, loadTruth } from './sample-media.ts';

interface Row {
  subject: string;
  kind: string;
  iou: number;
  signs: Float32Array;
}

/** What the confidence promises. */
const goodIou = 0.92;
const ridge = 3e-3;
const photosOfEach = 1;
const signNames = ['clearness', 'evenness'] as const;
const folder = findSubjectsFolder();
const rows = await measureRows();
for (const kind of ['things', 'people', 'drawings']) printLeftOut(kind);
const chosen = fitSigns(rows);
console.log(chosen);
if (process.argv.includes('--write')) await writeWeights(chosen);

async function measureRows(): Promise<Row[]> {
  const found: Row[] = [];
  for (const { subject, kind, image, truth } of await loadPictures()) {
    for (const ground of plainGrounds) {
      const laid = await layOnGround(image, truth, ground);
      const cut = laid && cutOnPlainGround(laid.image);
      if (!cut) continue;
      const mask = cut.mask.map((value) => value * 255);
      const signs = Float32Array.of(cut.clearness, cut.evenness);
      found.push({ subject, kind, iou: maskIou(mask, laid.truth), signs });
    }
  }
  return found;
}

async function loadPictures(): Promise<TruePicture[]> {
  const found = await loadTruePictures(folder);
  for (const [subject, names] of await listPhotos(folder)) {
    for (const name of names.slice(0, photosOfEach)) {
      const truth = await loadTruth(name);
      if (truth === null) continue;
      const image = await loadPhoto(folder, name, 512);
      const size = { width: 512, height: 512 };
      found.push({ name, subject, kind: 'things', image, truth: shrinkMask(truth, size, image) });
    }
  }
  return found;
}

function fitSigns(part: readonly Row[]): LogisticModel {
  return fitLogistic(
    part.map(({ signs, iou }) => ({
      values: signs,
      wished: Float32Array.of(iou >= goodIou ? 1 : 0),
      weight: Float32Array.of(1),
      width: signNames.length,
    })),
    ridge,
  );
}

function printLeftOut(kind: string): void {
  const list = rows.filter((row) => row.kind === kind);
  const judged = list.map((row) => {
    const judge = fitSigns(rows.filter(({ subject }) => subject !== row.subject));
    const [chance = 0] = classifyPatches(judge, { count: 1, values: row.signs });
    return { isGood: row.iou >= goodIou, isWrong: row.iou < 0.85, isSure: chance >= rules.matte_unsure };
  });
  const count = (what: (one: (typeof judged)[0]) => boolean) => judged.filter(what).length;
  console.log(
    `${kind}, subjects left out: ${list.length} cuts, ${count((one) => one.isSure)} sure, of these wrong (IoU < 0.85) ${count((one) => one.isSure && one.isWrong)}, ` +
      `not good (< ${goodIou}) ${count((one) => one.isSure && !one.isGood)}; of ${count((one) => one.isGood)} good ones unsure ${count((one) => one.isGood && !one.isSure)}`,
  );
}

async function writeWeights({ bias, weights }: LogisticModel): Promise<void> {
  const text = `import type { LogisticModel } from '../features/classify-patches.ts';

/** Weighs the signs of a subject on plain ground. Written by bench/fit-confidence.ts; never by hand. */
export const groundConfidenceWeights: LogisticModel = {
  bias: ${bias.toFixed(4)},
  weights: [
${signNames.map((name, index) => `    ${(weights[index] as number).toFixed(4)}, // ${name}`).join('\n')}
  ],
};
`;
  await writeFile(join(import.meta.dirname, '../src/media/subject/ground/confidence-weights.ts'), text);
}
