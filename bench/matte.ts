/**
 * Quality of the cut-out beside GrabCut, and beside a neural model where one is given, on composites with exact truth and
 * on photos with checked masks.
 *
 *     node bench/matte.ts --media <folder> [--part held|tuned] [--sets 6] [--out <folder>] [--no-grabcut] [--search-alone]
 *       [--model <name or path> [--architecture <id>]]
 *
 * Only `held` (subjects and places that nothing was fitted on) may be quoted. Last come things, people, drawings and plain grounds
 * by themselves, cut out by all steps of a build, beside what was asked for; once more without the network that knows things (`--search-alone`),
 * and once more with a model, as a build that it was added to.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { RgbImage } from '../src/media/raster/raster.ts';
import { guideAlpha } from '../src/media/subject/cutout/guide-alpha.ts';
import { findSubjects } from '../src/media/subject/find-subjects.ts';
import { rules } from '../src/media/subject/report-quality.ts';
import { composeScenes } from './compose-scenes.ts';
import { grabCut, startOpenCv } from './grab-cut.ts';
import { measureKinds, printKinds } from './helpers/measure-kinds.ts';
import { maskIou, shrinkMask } from './mask-iou.ts';
import { openNeuralMatte } from './neural-matte.ts';
import { findSubjectsFolder, heldSubjects, listPhotos, loadPhoto, loadTruth } from './sample-media.ts';

const goodIou = 0.85;
/** What the confidence was fitted to promise (bench/fit-logistic-weights.ts). */
const promisedIou = 0.92;

interface Row {
  group: string;
  subject: string;
  name: string;
  ours: number;
  oursMs: number;
  confidence: number;
  grabCut: number;
  grabCutMs: number;
  model: number;
  modelMs: number;
  tile: string;
}

interface Picture {
  name: string;
  image: RgbImage;
  truth: Uint8Array | null;
}

const option = (name: string) => process.argv[process.argv.indexOf(name) + 1] as string;
const part = process.argv.includes('--part') ? (option('--part') as 'held' | 'tuned') : 'held';
const sets = process.argv.includes('--sets') ? Number(option('--sets')) : 6;
const out = process.argv.includes('--out') ? option('--out') : 'bench-out/matte';
const withSearchAlone = process.argv.includes('--search-alone');
const withGrabCut = !process.argv.includes('--no-grabcut');
const architecture = process.argv.includes('--architecture') ? option('--architecture') : undefined;
const neural = process.argv.includes('--model') ? await openNeuralMatte(option('--model'), architecture) : null;
const folder = findSubjectsFolder();
const rows: Row[] = [];

await mkdir(join(out, 'tiles'), { recursive: true });
await startOpenCv();
for await (const set of composeScenes(folder, part, sets)) {
  const pictures = set.scenes.map((scene) => ({ name: scene.name, image: scene.image, truth: scene.alpha }));
  await measure(`composites, ${set.kind}`, set.subject, pictures);
}
for (const [subject, names] of await listPhotos(folder)) {
  if (heldSubjects.has(subject) !== (part === 'held')) continue;
  const pictures: Picture[] = [];
  for (const name of names) {
    const image = await loadPhoto(folder, name, 1024);
    const truth = await loadTruth(name);
    pictures.push({ name, image, truth: truth && shrinkMask(truth, { width: 512, height: 512 }, image) });
  }
  // as in an element: the frontal picture and up to three more
  for (let start = 0; start < pictures.length; start += 4) {
    const first = Math.max(0, Math.min(start, pictures.length - 4));
    await measure('photos', subject, pictures.slice(first, first + 4), start - first);
  }
}
printTable();
if (part === 'held') {
  printKinds(await measureKinds(folder), 'a build');
  if (withSearchAlone) printKinds(await measureKinds(folder, { things: null }), "a build without the things' network");
  if (neural) printKinds(await measureKinds(folder, { matting: neural.runner }), `a build with ${neural.title}`);
}
await writeSheet();

/** `skip`: pictures at the start of the group that an earlier group has counted already. */
async function measure(group: string, subject: string, pictures: readonly Picture[], skip = 0): Promise<void> {
  const start = performance.now();
  const masks = findSubjects(pictures.map((picture) => picture.image));
  const alphas = pictures.map((picture, index) => guideAlpha((masks[index] as (typeof masks)[0]).mask, picture.image));
  const oursMs = (performance.now() - start) / pictures.length;
  for (const [index, { name, image, truth }] of pictures.entries()) {
    if (index < skip) continue;
    const alpha = alphas[index] as Uint8Array;
    const grabStart = performance.now();
    const other = withGrabCut ? grabCut(image) : null;
    const grabCutMs = performance.now() - grabStart;
    const modelStart = performance.now();
    const modelAlpha = (await neural?.draw(image)) ?? null;
    const modelMs = performance.now() - modelStart;
    const otherMask = other && shrinkMask(other.mask, other, image);
    const tile = `tiles/${rows.length}.webp`;
    await drawTile(join(out, tile), image, [truth, alpha, otherMask, ...(neural ? [modelAlpha] : [])]);
    rows.push({
      group,
      subject,
      name,
      ours: truth ? maskIou(alpha, truth) : Number.NaN,
      oursMs,
      confidence: masks[index]?.confidence ?? 0,
      grabCut: truth && otherMask ? maskIou(otherMask, truth) : Number.NaN,
      grabCutMs,
      model: truth && modelAlpha ? maskIou(modelAlpha, truth) : Number.NaN,
      modelMs,
      tile,
    });
  }
}

/** Picture, truth, ours, GrabCut and perhaps the model side by side, each 220 px wide; what is left out turns magenta. */
async function drawTile(file: string, image: RgbImage, masks: readonly (Uint8Array | null)[]): Promise<void> {
  const side = 220;
  const cell = async (mask: Uint8Array | null) => {
    const data = Buffer.from(image.data);
    for (let pixel = 0; mask && pixel < mask.length; pixel++) {
      const share = (mask[pixel] as number) / 255;
      for (let channel = 0; channel < 3; channel++) {
        const at = pixel * 3 + channel;
        data[at] = share * (data[at] as number) + (1 - share) * ([255, 0, 200][channel] as number);
      }
    }
    return sharp(data, { raw: { width: image.width, height: image.height, channels: 3 } })
      .resize(side, side, { fit: 'contain', background: '#fff' })
      .png()
      .toBuffer();
  };
  const cells = [await cell(null), ...(await Promise.all(masks.map(async (mask) => (mask ? cell(mask) : null))))];
  await sharp({ create: { width: side * cells.length, height: side, channels: 3, background: '#fff' } })
    .composite(cells.flatMap((input, index) => (input ? [{ input, left: index * side, top: 0 }] : [])))
    .webp({ quality: 75, effort: 1 })
    .toFile(file);
}

function printTable(): void {
  const groups = [...new Set(rows.map((row) => row.group))];
  const lines = [...groups.map((group) => [group, rows.filter((row) => row.group === group)] as const)];
  const composites = rows.filter((row) => row.group !== 'photos');
  lines.push(['composites, all', composites]);
  console.log(`part: ${part}; IoU at alpha 50 %, mean over pictures (95 % interval over subjects)`);
  if (neural) console.log(`model: ${neural.title}`);
  console.log(
    `${'group'.padEnd(34)}  n   ours                 ≥ 0.85  GrabCut              ≥ 0.85  ${neural ? 'model                ≥ 0.85  ' : ''}` +
      `ours ms  GrabCut ms${neural ? '  model ms' : ''}`,
  );
  for (const [title, all] of lines) {
    const list = all.filter((row) => Number.isFinite(row.ours));
    const column = (pick: (row: Row) => number) => {
      const high = list.filter((row) => pick(row) >= 0.85).length / list.length;
      return `${mean(list.map(pick)).toFixed(3)} (${interval(list, pick)})  ${(high * 100).toFixed(0).padStart(4)} %`;
    };
    console.log(
      `${title.padEnd(34)} ${String(list.length).padStart(3)}  ${column((row) => row.ours)}  ${column((row) => row.grabCut)}  ${neural ? `${column((row) => row.model)}  ` : ''}` +
        `${mean(list.map((row) => row.oursMs))
          .toFixed(0)
          .padStart(7)}  ${mean(list.map((row) => row.grabCutMs))
          .toFixed(0)
          .padStart(10)}${
          neural
            ? mean(list.map((row) => row.modelMs))
                .toFixed(0)
                .padStart(10)
            : ''
        }`,
    );
  }
  for (const subject of [...new Set(rows.map((row) => row.subject))]) {
    const show = (list: Row[], pick: (row: Row) => number) =>
      mean(list.map(pick).filter(Number.isFinite)).toFixed(2).padStart(6);
    const made = composites.filter((row) => row.subject === subject);
    const real = rows.filter((row) => row.subject === subject && row.group === 'photos');
    console.log(
      `  ${subject.padEnd(22)} composites ${show(made, (row) => row.ours)} / GrabCut ${show(made, (row) => row.grabCut)}` +
        `   photos ${show(real, (row) => row.ours)} / ${show(real, (row) => row.grabCut)}`,
    );
  }
  printReliability('all', rows);
  printReliability(
    'photos',
    rows.filter((row) => row.group === 'photos'),
  );
}

/** Whether the confidence keeps its promise, the probability of `promisedIou`; last what the report warns of and what not. */
function printReliability(title: string, all: readonly Row[]): void {
  const list = all.filter((row) => Number.isFinite(row.ours));
  console.log(
    `confidence, ${title}: bin, n, mean confidence, mean IoU, share of IoU ≥ ${goodIou} and ≥ ${promisedIou}`,
  );
  const show = (low: number, high: number) => {
    const bin = list.filter((row) => row.confidence >= low && row.confidence < high);
    if (bin.length === 0) return;
    const share = (least: number) =>
      ((bin.filter((row) => row.ours >= least).length / bin.length) * 100).toFixed(0).padStart(3);
    console.log(
      `  ${low.toFixed(1)}–${Math.min(1, high).toFixed(1)}  ${String(bin.length).padStart(3)}  ${mean(bin.map((row) => row.confidence)).toFixed(2)}  ` +
        `${mean(bin.map((row) => row.ours)).toFixed(3)}  ${share(goodIou)} %  ${share(promisedIou)} %`,
    );
  };
  for (const [low, high] of [
    [0, 0.3],
    [0.3, 0.5],
    [0.5, 0.7],
    [0.7, 0.8],
    [0.8, 0.9],
    [0.9, 1.01],
  ] as const) {
    show(low, high);
  }
  show(0, rules.matte_unsure);
  show(rules.matte_unsure, 1.01);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 95 % bootstrap interval of the mean, drawing whole subjects. */
function interval(list: readonly Row[], pick: (row: Row) => number): string {
  const bySubject = [...new Set(list.map((row) => row.subject))].map((subject) =>
    list.filter((row) => row.subject === subject).map(pick),
  );
  let state = 7;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const means = Array.from({ length: 1000 }, () =>
    mean(
      Array.from(
        { length: bySubject.length },
        () => bySubject[Math.floor(next() * bySubject.length)] as number[],
      ).flat(),
    ),
  ).sort((a, b) => a - b);
  return `${(means[25] as number).toFixed(3)}–${(means[974] as number).toFixed(3)}`;
}

async function writeSheet(): Promise<void> {
  const cells = [...rows]
    .sort((a, b) => a.group.localeCompare(b.group) || a.subject.localeCompare(b.subject))
    .map(
      (row) =>
        `<figure><img src="${row.tile}" width="${neural ? 1100 : 880}" height="220" loading="lazy"><figcaption>${row.group} · ${row.name} · ours ${row.ours.toFixed(2)} ` +
        `(confidence ${row.confidence.toFixed(2)}) · GrabCut ${row.grabCut.toFixed(2)}${neural ? ` · model ${row.model.toFixed(2)}` : ''}</figcaption></figure>`,
    );
  const page = `<!doctype html><meta charset="utf-8"><title>Cut-outs, ${part}</title><style>body{font:14px sans-serif}figure{margin:8px;display:inline-block}</style>
<p>picture · truth · ours · GrabCut${neural ? ` · ${neural.title}` : ''}; left out is magenta</p>${cells.join('\n')}`;
  await writeFile(join(out, 'index.html'), page);
  await writeFile(join(out, 'rows.json'), JSON.stringify(rows, null, 1));
  console.log(`contact sheet: ${join(out, 'index.html')}`);
}
