/**
 * Element from a clip beside ffmpeg's plain decoding of it, in turn, in the same run: cuts of the sample clips, and 8 s of
 * 1080p made of one of them. The limit is ffmpeg's processor time and 1.0 s, by the medians; the clock is shown beside it. A child process is warm
 * but for the first build, which is shown by itself.
 *
 *     node bench/clip-speed.ts --media <folder> [--rounds 5] [--decoder ffmpeg|node-av]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSection } from '../src/lib/settings.ts';
import { createMedia, type Media, section } from '../src/media/index.ts';
import { readSecondsBelow } from './helpers/measure-tree.ts';
import { median } from './helpers/median.ts';
import { type Bar, printTable } from './helpers/print-table.ts';
import { readEndedChildrenCpuSeconds } from './helpers/read-cpu-seconds.ts';
import { findSubjectsFolder } from './sample-media.ts';

const extraSeconds = 1;
const option = (name: string) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const rounds = Number(option('--rounds') ?? 5);
const decoder = option('--decoder') ?? 'ffmpeg';
const clips = join(findSubjectsFolder(), '..', 'clips');
const folder = mkdtempSync(join(tmpdir(), 'troupe-clip-speed-'));
const recipes: Readonly<Record<string, readonly string[]>> = {
  'dog, 720p, 7.6 s': ['-i', join(clips, 'dog.mp4'), '-t', '7.6', '-c', 'copy'],
  'juggle, 720p, 7.5 s': ['-i', join(clips, 'juggle.mp4'), '-t', '7.5', '-c', 'copy'],
  'cars, 432p, 8 s': ['-i', join(clips, 'cars-30s.mp4'), '-t', '8', '-c', 'copy'],
  'dog, 1080p, 8 s': [
    ...['-ss', '1', '-i', join(clips, 'dog.mp4'), '-t', '8', '-vf', 'scale=1920:1080', '-r', '30'],
    ...['-c:v', 'libx264', '-preset', 'fast', '-crf', '20', '-c:a', 'aac'],
  ],
};

const media = createMedia({ ...parseSection(section, {}, []), childCount: 1, childIdleSeconds: 600, ffmpeg: decoder });
const bars: Bar[] = [];
try {
  for (const [name, recipe] of Object.entries(recipes)) bars.push(await measure(name, recipe));
} finally {
  await media.close();
  rmSync(folder, { recursive: true });
}
printTable(`element from a clip, decoded by ${decoder}, median of ${rounds}, load ${loadavg()[0]?.toFixed(1)}`, bars);

async function measure(name: string, recipe: readonly string[]): Promise<Bar> {
  const path = join(folder, `${bars.length}.mp4`);
  execFileSync('ffmpeg', ['-v', 'error', ...recipe, path]);
  const first = await build(media, path);
  const decodes: Took[] = [];
  const builds: Took[] = [];
  for (let round = 0; round < rounds; round++) {
    decodes.push(decode(path));
    builds.push(await build(media, path));
  }
  const middle = (list: readonly Took[], what: keyof Took) => median(list.map((one) => one[what]));
  const over = middle(builds, 'processorSeconds') - middle(decodes, 'processorSeconds');
  const clock = `${middle(builds, 'seconds').toFixed(2)} s by the clock, decoding ${middle(decodes, 'seconds').toFixed(2)} s`;
  return {
    what: name,
    measured: `${middle(builds, 'processorSeconds').toFixed(2)} s = ${middle(decodes, 'processorSeconds').toFixed(2)} + ${over.toFixed(2)} s`,
    bar: `at most + ${extraSeconds.toFixed(2)} s (${clock}; first build ${first.processorSeconds.toFixed(2)} s)`,
    reached: over <= extraSeconds,
  };
}

/** Seconds by the clock and of processor time. */
interface Took {
  readonly seconds: number;
  readonly processorSeconds: number;
}

async function build(media: Media, path: string): Promise<Took> {
  const workFolder = join(folder, 'element');
  mkdirSync(workFolder);
  const [before, start] = [readSecondsBelow(process.pid), performance.now()];
  await media.build([{ role: 'refer_video', param: 'video_url', path, bytes: statSync(path).size }], workFolder);
  const took = {
    seconds: (performance.now() - start) / 1000,
    processorSeconds: readSecondsBelow(process.pid) - before,
  };
  rmSync(workFolder, { recursive: true });
  return took;
}

function decode(path: string): Took {
  const [before, start] = [readEndedChildrenCpuSeconds(process.pid), performance.now()];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, '-map', '0:v:0', '-f', 'null', '-']);
  const processorSeconds = readEndedChildrenCpuSeconds(process.pid) - before;
  return { seconds: (performance.now() - start) / 1000, processorSeconds };
}
