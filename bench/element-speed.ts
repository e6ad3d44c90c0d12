/**
 * Elements of four 12-megapixel photos, cut-outs at 1,536 px: our route beside the generic one (decode, GrabCut at 256 px,
 * WebP at the library's default effort) on the same photos in the same run, one core, with the decode-only ceiling and the
 * share of each step; then the whole build as the server does it, in its child process, with all that an element holds
 * beyond the generic route (upright pictures, thumbnails, sheet, report), and that process's memory.
 *
 *     node bench/element-speed.ts --media <folder> [--rounds 3]
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { parseSection } from '../src/lib/settings.ts';
import { createMedia, type Media, section } from '../src/media/index.ts';
import type { RgbImage } from '../src/media/raster/raster.ts';
import { shrinkAlpha } from '../src/media/raster/resize-raster.ts';
import { type Appearance, describeAppearance } from '../src/media/subject/appearance/describe-appearance.ts';
import { computePerceptualHash } from '../src/media/subject/appearance/perceptual-hash.ts';
import { scoreSameSubject } from '../src/media/subject/appearance/score-same-subject.ts';
import { computeSubjectColors } from '../src/media/subject/appearance/subject-colors.ts';
import { encodeCutout, encodeMatte } from '../src/media/subject/cutout/encode-cutout.ts';
import { guideAlpha } from '../src/media/subject/cutout/guide-alpha.ts';
import { findSubjects } from '../src/media/subject/find-subjects.ts';
import type { SubjectMask } from '../src/media/subject/segmentation/outline-subject.ts';
import { measureSubject } from '../src/media/subject/subject-facts.ts';
import { grabCut, startOpenCv } from './grab-cut.ts';
import { findSubjectsFolder } from './sample-media.ts';

const longSidePx = 1536;
/** One small copy serves finding, looks and facts. */
const smallPx = 512;
const names = ['bear_plushie/01', 'bear_plushie/02', 'bear_plushie/03', 'bear_plushie/04'];
const rounds = process.argv.includes('--rounds') ? Number(process.argv[process.argv.indexOf('--rounds') + 1]) : 3;
sharp.concurrency(1);
sharp.cache(false);
const files = await makePhotos(findSubjectsFolder());
await startOpenCv();
const shares = new Map<string, number>();
await buildOurs(new Map());
await buildGeneric(new Map());
const workFolder = mkdtempSync(join(tmpdir(), 'troupe-element-speed-'));
const media = createMedia({ ...parseSection(section, {}, []), childCount: 1, childIdleSeconds: 600 });
const sources = files.map((file, at) => writeSource(file, at));
await buildWhole(media);
await buildWhole(media);
const totals = { ours: [] as number[], generic: [] as number[], decode: [] as number[], whole: [] as number[] };
const cpu = { ours: [] as number[], generic: [] as number[] };
const genericShares = new Map<string, number>();
for (let round = 0; round < rounds; round++) {
  totals.ours.push(await withCpu('ours', () => buildOurs(shares)));
  totals.generic.push(await withCpu('generic', () => buildGeneric(genericShares)));
  totals.decode.push(await decodeOnly());
  totals.whole.push(await buildWhole(media));
}
const childMib = measurePeakOfChildren();
await media.close();
rmSync(workFolder, { recursive: true });
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;
const [ours, generic, decode] = [median(totals.ours), median(totals.generic), median(totals.decode)];
const whole = median(totals.whole);
console.log(`element of 4 photos of 12 megapixels, cut-outs at ${longSidePx} px, one core, median of ${rounds}`);
console.log(`ours         ${ours.toFixed(0).padStart(6)} ms   ${(60_000 / ours).toFixed(1).padStart(6)} builds/min`);
console.log(
  `generic      ${generic.toFixed(0).padStart(6)} ms   ${(60_000 / generic).toFixed(1).padStart(6)} builds/min   ratio ${(generic / ours).toFixed(2)} (limit 2.5)`,
);
console.log(
  `decode only  ${decode.toFixed(0).padStart(6)} ms   ${(60_000 / decode).toFixed(1).padStart(6)} builds/min`,
);
// other programs on the machine stretch the wall time of both, but not evenly; processor time they can't touch
const [oursCpu, genericCpu] = [median(cpu.ours), median(cpu.generic)];
console.log(
  `processor time: ours ${oursCpu.toFixed(0)} ms, generic ${genericCpu.toFixed(0)} ms, ratio ${(genericCpu / oursCpu).toFixed(2)}`,
);
for (const [title, map] of [
  ['ours', shares],
  ['generic', genericShares],
] as const) {
  const total = [...map.values()].reduce((sum, value) => sum + value, 0);
  console.log(
    `${title}: ${[...map].map(([step, ms]) => `${step} ${((ms / total) * 100).toFixed(0)} % (${(ms / rounds).toFixed(0)} ms)`).join(', ')}`,
  );
}
console.log(
  `whole build  ${whole.toFixed(0).padStart(6)} ms   ${(60_000 / whole).toFixed(1).padStart(6)} builds/min   ratio ${(generic / whole).toFixed(2)} with every core; peak of the child ${childMib.toFixed(0)} MiB (limit 512)`,
);

async function withCpu(route: 'ours' | 'generic', build: () => Promise<number>): Promise<number> {
  const before = process.cpuUsage();
  const wall = await build();
  const used = process.cpuUsage(before);
  cpu[route].push((used.user + used.system) / 1000);
  return wall;
}

/** 4000 × 3000 JPEG made by enlarging real photos with grain, as phone pictures have it. */
async function makePhotos(folder: string): Promise<Buffer[]> {
  return Promise.all(
    names.map(async (name) => {
      const grain = {
        create: {
          width: 4000,
          height: 3000,
          channels: 3 as const,
          background: '#808080',
          noise: { type: 'gaussian' as const, mean: 128, sigma: 12 },
        },
      };
      const noise = await sharp(grain).png({ compressionLevel: 1 }).toBuffer();
      return sharp(join(folder, `${name}.jpg`))
        .resize(4000, 3000, { fit: 'cover' })
        .composite([{ input: noise, blend: 'soft-light' }])
        .jpeg({ quality: 90 })
        .toBuffer();
    }),
  );
}

async function decode1536(file: Buffer): Promise<RgbImage> {
  const { data, info } = await sharp(file)
    .autoOrient()
    .resize(longSidePx, longSidePx, { fit: 'inside', withoutEnlargement: true })
    .toColorspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

async function shrinkPicture({ width, height, data }: RgbImage): Promise<RgbImage> {
  const small = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(smallPx, smallPx, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: small.info.width, height: small.info.height, data: small.data };
}

async function timed<T>(map: Map<string, number>, step: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const answer = await work();
  map.set(step, (map.get(step) ?? 0) + performance.now() - start);
  return answer;
}

async function buildOurs(map: Map<string, number>): Promise<number> {
  const start = performance.now();
  const pictures: RgbImage[] = [];
  for (const file of files) pictures.push(await timed(map, 'decode', () => decode1536(file)));
  const smalls = await timed(map, 'shrink', () => Promise.all(pictures.map(shrinkPicture)));
  const masks = await timed(map, 'find subject', () => findSubjects(smalls));
  const alphas = await timed(map, 'soft alpha', () =>
    pictures.map((picture, index) =>
      guideAlpha((masks[index] as SubjectMask).mask, picture, { small: smalls[index] as RgbImage }),
    ),
  );
  for (const [index, picture] of pictures.entries()) {
    const alpha = alphas[index] as Uint8Array;
    await timed(map, 'WebP cut-out', () => encodeCutout(picture, alpha));
    await timed(map, 'PNG matte', () => encodeMatte(alpha, picture.width, picture.height));
  }
  const small = await timed(map, 'facts', () =>
    smalls.map((picture, index) => ({
      picture,
      alpha: shrinkAlpha(alphas[index] as Uint8Array, pictures[index] as RgbImage, picture),
    })),
  );
  const looks = await timed(map, 'looks', () => small.map(({ picture, alpha }) => describeAppearance(picture, alpha)));
  await timed(map, 'scores', () => looks.slice(1).map((look) => scoreSameSubject(looks[0] as Appearance, look)));
  await timed(map, 'facts', () => {
    for (const { picture, alpha } of small) {
      measureSubject(picture, alpha);
      computePerceptualHash(picture);
    }
    computeSubjectColors(small);
  });
  return performance.now() - start;
}

async function buildGeneric(map: Map<string, number>): Promise<number> {
  const start = performance.now();
  for (const file of files) {
    const picture = await timed(map, 'decode', () => decode1536(file));
    const cut = await timed(map, 'GrabCut', () => grabCut(picture));
    await timed(map, 'WebP cut-out', async () => {
      const alpha = await sharp(cut.mask, { raw: { width: cut.width, height: cut.height, channels: 1 } })
        .resize(picture.width, picture.height, { fit: 'fill' })
        .extractChannel(0)
        .raw()
        .toBuffer();
      const raw = { width: picture.width, height: picture.height };
      const joined = await sharp(picture.data, { raw: { ...raw, channels: 3 } })
        .joinChannel(alpha, { raw: { ...raw, channels: 1 } })
        .raw()
        .toBuffer();
      await sharp(joined, { raw: { ...raw, channels: 4 } })
        .webp({ quality: 85 })
        .toBuffer();
    });
  }
  return performance.now() - start;
}

function writeSource(file: Buffer, at: number) {
  const path = join(workFolder, `${at}.jpg`);
  writeFileSync(path, file);
  const role = at === 0 ? ('frontal_image' as const) : ('refer_image' as const);
  return { role, param: names[at] as string, path, bytes: statSync(path).size };
}

async function buildWhole(media: Media): Promise<number> {
  const folder = join(workFolder, 'element');
  mkdirSync(folder);
  const start = performance.now();
  await media.build(sources, folder);
  const took = performance.now() - start;
  rmSync(folder, { recursive: true });
  return took;
}

/** MiB: the most resident memory that any one child of this process has had (VmHWM, proc_pid_status(5)). */
function measurePeakOfChildren(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const peaks = children.map((id) => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]));
  return Math.max(...peaks) / 1024;
}

async function decodeOnly(): Promise<number> {
  const start = performance.now();
  for (const file of files) await decode1536(file);
  return performance.now() - start;
}
