/**
 * Element from a clip beside ffmpeg's plain decoding of it, in turn, in the same run: cuts of the sample clips, and 8 s of
 * 1080p made of one of them. The limit is ffmpeg's time and 1.5 s, by the medians. A child process is warm but for the
 * first build, which is shown by itself.
 *
 *     node bench/clip-speed.ts --media <folder> [--rounds 5] [--decoder ffmpeg|node-av]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSection } from '../src/lib/settings.ts';
import { createMedia, type Media, section } from '../src/media/index.ts';
import { median } from './helpers/median.ts';
import { type Bar, printTable } from './helpers/print-table.ts';
import { findSubjectsFolder } from './sample-media.ts';

const extraMs = 1500;
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
  const decodes: number[] = [];
  const builds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    decodes.push(decode(path));
    builds.push(await build(media, path));
  }
  const over = median(builds) - median(decodes);
  const best = Math.min(...builds) - Math.min(...decodes);
  const seconds = (ms: number) => (ms / 1000).toFixed(2);
  return {
    what: name,
    measured: `${seconds(median(builds))} s = ${seconds(median(decodes))} + ${seconds(over)} s`,
    bar: `at most + ${seconds(extraMs)} s (best of all + ${seconds(best)}; first build ${seconds(first)} s)`,
    reached: over <= extraMs,
  };
}

async function build(media: Media, path: string): Promise<number> {
  const workFolder = join(folder, 'element');
  mkdirSync(workFolder);
  const start = performance.now();
  await media.build([{ role: 'refer_video', param: 'video_url', path, bytes: statSync(path).size }], workFolder);
  const took = performance.now() - start;
  rmSync(workFolder, { recursive: true });
  return took;
}

function decode(path: string): number {
  const start = performance.now();
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, '-map', '0:v:0', '-f', 'null', '-']);
  return performance.now() - start;
}
