/**
 * Fits the judges of the cut-out and its confidence on photos with checked masks and on composites of them, of the
 * subjects to tune on alone: what ships has never seen the held subjects, by which bench/matte.ts measures it. Prints
 * the mean IoU of the patches and of the final masks with subjects left out (six folds), last with what the persons' network
 * takes as a further clue, where its package is installed, and with what the things' network draws. The confidence is fitted on cuts
 * without the persons' network, twice: for those that no model had a say in, and for those with the things' network.
 *
 *     node bench/fit-logistic-weights.ts --media <folder> [--model <name or path>] [--write]
 *
 * With a matting model in place of the things' network it prints what that brings, and writes nothing.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPeopleFinder, createThingsFinder } from '../src/media/networks/index.ts';
import { cropPlane, type Plane, type RgbImage } from '../src/media/raster/raster.ts';
import { enlargePlane } from '../src/media/raster/resize-raster.ts';
import {
  classifyPatches,
  type FeatureMatrix,
  type LogisticModel,
} from '../src/media/subject/features/classify-patches.ts';
import { computeFirstFeatures, firstFeatureNames } from '../src/media/subject/features/first-features.ts';
import { computeLaterFeatures, laterFeatureNames } from '../src/media/subject/features/later-features.ts';
import { preparePicture } from '../src/media/subject/features/prepare-picture.ts';
import { learnWords } from '../src/media/subject/find-subjects.ts';
import { addMatte, addPersons } from '../src/media/subject/segmentation/add-clues.ts';
import { labelPatches } from '../src/media/subject/segmentation/label-patches.ts';
import { outlineSubject } from '../src/media/subject/segmentation/outline-subject.ts';
import {
  matteSignNames,
  measureMatteSigns,
  measureSigns,
  signNames,
} from '../src/media/subject/segmentation/rate-outline.ts';
import { composeScenes } from './compose-scenes.ts';
import { fitLogistic } from './fit-logistic.ts';
import { maskIou, shrinkMask } from './mask-iou.ts';
import { openNeuralMatte } from './neural-matte.ts';
import { findSubjectsFolder, heldSubjects, listPhotos, loadPhoto, loadTruth } from './sample-media.ts';

const folds = 6;
/**
 * Do not choose this by the printed figures: the lower it is, the better the second judge reads the answers of the fold
 * left out from the opinions of first judges that had seen it (at 3e-5 a fine figure that nested folds do not bear out).
 */
const ridge = 3e-4;
/** Composites weigh less than photos: there are more of them and they are easier. */
const sceneWeight = 0.5;
/** Cuts from this IoU up are good to the eye as well: what the confidence promises. At 0.85 a wheel may be missing. */
const goodIou = 0.92;
/** Few examples of three signs: the confidence needs a stronger hand, and photos are what it is for. */
const confidenceRidge = 3e-2;
const confidenceSceneWeight = 0.25;

interface Example {
  subject: string;
  real: boolean;
  views: ReturnType<typeof preparePicture>[];
  /** Truth of each view at its working size inside the bars, 0…255. */
  truths: Uint8Array[];
  wished: Float32Array[];
  words: ReturnType<typeof learnWords>;
  first: FeatureMatrix[];
  /** What the persons' network takes; undefined where it isn't installed. */
  persons: (Plane | undefined)[];
  /** What the things' network draws, or the model of `--model`. */
  mattes: Plane[];
}

const folder = findSubjectsFolder();
const people = createPeopleFinder();
const things = createThingsFinder();
const modelAt = process.argv.indexOf('--model');
const neural = modelAt < 0 ? null : await openNeuralMatte(process.argv[modelAt + 1] as string);
const examples = [...(await loadRealExamples()), ...(await loadSceneExamples())];
const subjects = [...new Set(examples.map((example) => example.subject))];
const chosen = await fitInFolds();
const helped = fitConfidence(chosen.probabilities, matteSigns);
console.log(helped);
if (process.argv.includes('--write') && neural === null) {
  await writeWeights(chosen);
  await writeConfidence(fitConfidence(chosen.probabilities, ownSigns));
  await writeMatteConfidence(helped);
}

async function loadRealExamples(): Promise<Example[]> {
  const found: Example[] = [];
  for (const [subject, names] of await listPhotos(folder)) {
    if (heldSubjects.has(subject)) continue;
    const masked: { image: RgbImage; alpha: Uint8Array }[] = [];
    for (const name of names) {
      const truth = await loadTruth(name);
      if (truth) masked.push({ image: await loadPhoto(folder, name, 512), alpha: truth });
    }
    // an element has two to four pictures: every photo is seen in a first and a last group
    for (const group of [masked.slice(0, 4), masked.slice(-4)]) found.push(await makeExample(subject, true, group));
  }
  return found;
}

async function loadSceneExamples(): Promise<Example[]> {
  const found: Example[] = [];
  for await (const set of composeScenes(folder, 'tuned', 3))
    found.push(await makeExample(set.subject, false, set.scenes));
  return found;
}

async function makeExample(
  subject: string,
  real: boolean,
  pictures: { image: RgbImage; alpha: Uint8Array }[],
): Promise<Example> {
  const views = pictures.map((picture) => preparePicture(picture.image));
  const truths = views.map((view, index) => {
    const { image, alpha } = pictures[index] as { image: RgbImage; alpha: Uint8Array };
    const side = alpha.length === image.width * image.height ? image : { width: 512, height: 512 };
    return shrinkMask(alpha, side, view.working, view.box);
  });
  const wished = views.map((view, index) => {
    const { labels, count, area } = view.facts.patches;
    const sums = new Float32Array(count);
    for (let pixel = 0; pixel < labels.length; pixel++) {
      const label = labels[pixel] as number;
      sums[label] = (sums[label] as number) + ((truths[index] as Uint8Array)[pixel] as number) / 255;
    }
    return sums.map((sum, label) => sum / (area[label] as number));
  });
  const facts = views.map((view) => view.facts);
  const words = learnWords(facts);
  const persons = pictures.map(({ image }) => people?.drawPersons(image));
  const mattes: Plane[] = [];
  for (const { image } of pictures) mattes.push((await neural?.runner.run(image, '')) ?? things.draw(image));
  return { subject, real, views, truths, wished, words, first: computeFirstFeatures(facts, words), persons, mattes };
}

function fitLogisticModel(
  part: readonly Example[],
  features: ReadonlyMap<Example, FeatureMatrix[]>,
  width: number,
): LogisticModel {
  return fitLogistic(
    part.flatMap((example) =>
      (features.get(example) as FeatureMatrix[]).map((one, index) => {
        const area = (example.views[index] as Example['views'][0]).facts.patches.area;
        const total = area.reduce((sum, value) => sum + value, 0) / (example.real ? 1 : sceneWeight);
        return {
          values: one.values,
          wished: example.wished[index] as Float32Array,
          weight: area.map((value) => value / total),
          width,
        };
      }),
    ),
    ridge,
  );
}

/** Probabilities of every example by models fitted without its subject, and the model fitted on all. */
function classifyInFolds(features: ReadonlyMap<Example, FeatureMatrix[]>, width: number) {
  const probabilities = new Map<Example, Float32Array[]>();
  for (let fold = 0; fold < folds; fold++) {
    const isOut = (example: Example) => subjects.indexOf(example.subject) % folds === fold;
    const judge = fitLogisticModel(
      examples.filter((example) => !isOut(example)),
      features,
      width,
    );
    for (const example of examples.filter(isOut)) {
      probabilities.set(
        example,
        (features.get(example) as FeatureMatrix[]).map((one) => classifyPatches(judge, one)),
      );
    }
  }
  return { probabilities, judge: fitLogisticModel(examples, features, width) };
}

async function fitInFolds() {
  const firstFeatures = new Map(examples.map((example) => [example, example.first]));
  const first = classifyInFolds(firstFeatures, firstFeatureNames.length);
  report('first judge', first.probabilities);
  const laterFeatures = new Map(
    examples.map((example) => [
      example,
      computeLaterFeatures(
        example.views.map((view) => view.facts),
        example.words,
        example.first,
        first.probabilities.get(example) as Float32Array[],
      ),
    ]),
  );
  const second = classifyInFolds(laterFeatures, laterFeatureNames.length);
  report('second judge', second.probabilities);
  if (people !== null) report('and persons', askPersons(second.probabilities));
  report(neural === null ? 'and things' : 'and the model', askModel(second.probabilities));
  return { first: first.judge, second: second.judge, probabilities: second.probabilities };
}

function askPersons(probabilities: ReadonlyMap<Example, Float32Array[]>): Map<Example, Float32Array[]> {
  const ask = ({ views, persons }: Example, own: readonly Float32Array[]) =>
    own.map((one, at) => addPersons(one, views[at] as Example['views'][0], persons[at] as Plane));
  return new Map([...probabilities].map(([example, own]) => [example, ask(example, own)]));
}

/** The model beside the persons' network, where that is installed. */
function askModel(probabilities: ReadonlyMap<Example, Float32Array[]>): Map<Example, Float32Array[]> {
  const told = people === null ? probabilities : askPersons(probabilities);
  const ask = ({ views, mattes }: Example, own: readonly Float32Array[]) =>
    own.map((one, at) => addMatte(one, views[at] as Example['views'][0], mattes[at] as Plane));
  return new Map([...told].map(([example, own]) => [example, ask(example, own)]));
}

function report(title: string, probabilities: ReadonlyMap<Example, Float32Array[]>): void {
  for (const real of [true, false]) {
    const patchScores: number[] = [];
    const maskScores: number[] = [];
    for (const example of examples.filter((one) => one.real === real)) {
      for (const [index, view] of example.views.entries()) {
        const probability = (probabilities.get(example) as Float32Array[])[index] as Float32Array;
        const truth = example.truths[index] as Uint8Array;
        const plain = Uint8Array.from(view.facts.patches.labels, (label) =>
          (probability[label] as number) > 0.5 ? 255 : 0,
        );
        patchScores.push(maskIou(plain, truth));
        maskScores.push(maskIou(drawMask(view, probability), truth));
      }
    }
    const mean = (values: number[]) => (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(4);
    const good = maskScores.filter((score) => score >= 0.8).length / maskScores.length;
    console.log(
      `${title.padEnd(13)} ${real ? 'photos    ' : 'composites'} patches ${mean(patchScores)}  masks ${mean(maskScores)}  ≥ 0.8: ${(good * 100).toFixed(0)} %`,
    );
  }
}

/** The final mask inside the bars, 0 or 255 a pixel. */
function drawMask(view: Example['views'][0], probabilities: Float32Array): Uint8Array {
  const box = { left: 0, top: 0, width: view.lab.width, height: view.lab.height };
  const { mask } = outlineSubject({ ...view, box, working: view.lab }, probabilities);
  return Uint8Array.from(mask.data, (value) => value * 255);
}

/** The signs of one cut, and its mask. */
type Signs = (example: Example, at: number, own: Float32Array) => { mask: Uint8Array; values: Float32Array };

function ownSigns({ views }: Example, at: number, own: Float32Array): ReturnType<Signs> {
  const view = views[at] as Example['views'][0];
  const mask = drawMask(view, own);
  return { mask, values: measureSigns(view.facts, own, labelPatches(view.facts, own), mask) };
}

function matteSigns({ views, persons, mattes }: Example, at: number, own: Float32Array): ReturnType<Signs> {
  const view = views[at] as Example['views'][0];
  const [clue, matte] = [persons[at], mattes[at] as Plane];
  const mask = drawMask(view, addMatte(clue ? addPersons(own, view, clue) : own, view, matte));
  const inside = cropPlane(enlargePlane(matte, view.working.width, view.working.height), view.box);
  return {
    mask,
    values: measureMatteSigns(
      view.facts,
      own,
      mask.map((value) => value && 1),
      inside,
    ),
  };
}

/** The probability of a good cut from its signs, over cuts by judges that had not seen the subject. */
function fitConfidence(probabilities: ReadonlyMap<Example, Float32Array[]>, measure: Signs): LogisticModel {
  const rows = examples.flatMap((example) =>
    example.views.map((_, index) => {
      const own = (probabilities.get(example) as Float32Array[])[index] as Float32Array;
      const { mask, values } = measure(example, index, own);
      return {
        values,
        wished: Float32Array.of(maskIou(mask, example.truths[index] as Uint8Array) >= goodIou ? 1 : 0),
        weight: Float32Array.of(example.real ? 1 : confidenceSceneWeight),
        width: values.length,
      };
    }),
  );
  return fitLogistic(rows, confidenceRidge);
}

async function writeMatteConfidence(judge: LogisticModel): Promise<void> {
  const doc =
    'Weighs the signs of a cut that a matting model had a say in. Written by bench/fit-logistic-weights.ts; never by hand.';
  const text = `import type { LogisticModel } from '../features/classify-patches.ts';\n\n${showWeights('matteConfidenceWeights', doc, matteSignNames, judge)}`;
  await writeFile(join(import.meta.dirname, '../src/media/subject/segmentation/matte-confidence-weights.ts'), text);
}

async function writeConfidence(judge: LogisticModel): Promise<void> {
  const doc = 'Weighs the signs of a cut. Written by bench/fit-logistic-weights.ts; never by hand.';
  const text = `import type { LogisticModel } from '../features/classify-patches.ts';\n\n${showWeights('confidenceWeights', doc, signNames, judge)}`;
  await writeFile(join(import.meta.dirname, '../src/media/subject/segmentation/confidence-weights.ts'), text);
}

function showWeights(name: string, doc: string, names: readonly string[], judge: LogisticModel): string {
  const weights = names.map((feature, index) => `    ${(judge.weights[index] as number).toFixed(4)}, // ${feature}`);
  return `/** ${doc} */\nexport const ${name}: LogisticModel = {\n  bias: ${judge.bias.toFixed(4)},\n  weights: [\n${weights.join('\n')}\n  ],\n};\n`;
}

async function writeWeights({ first, second }: { first: LogisticModel; second: LogisticModel }): Promise<void> {
  const text = `import type { LogisticModel } from './classify-patches.ts';\n\n${showWeights(
    'firstWeights',
    'Weighs the features of a picture and its siblings. Written by bench/fit-logistic-weights.ts; never by hand.',
    firstFeatureNames,
    first,
  )}\n${showWeights('laterWeights', 'Weighs the same features and those drawn from the first opinion. Written by bench/fit-logistic-weights.ts.', laterFeatureNames, second)}`;
  await writeFile(join(import.meta.dirname, '../src/media/subject/features/logistic-weights.ts'), text);
}
