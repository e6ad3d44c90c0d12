/**
 * How fast animatics are rendered: seconds of video made in a second, with each encoder that is there (which decodes clips, too), and the processor
 * time and the most memory of the child process with the encoder it starts. The bar that noise doesn't move is the processor time of
 * encoding the same finished frames alone, by the same encoder, as a share of the whole: at least a half, for every kind of request. After each render they are
 * encoded once, so that what slows the machine slows both; the median counts. Requests of every kind at 720p, then larger ones. Other programs stretch the wall time: processor time over the two cores tells what a quiet machine would reach.
 * The child is warm, as a busy server's is, but for the first render of each request, which is shown by itself.
 *
 *     node bench/animatic.ts [--rounds 3] [--only 720p]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { VideoDraft } from '../src/engines/index.ts';
import { chooseLookahead, encoderThreads, keyFrameEvery, x264Options } from '../src/media/animatic/encode/encoder.ts';
import {
  type AnimaticWorkshop,
  openAnimaticWorkshop,
  sourceOf,
  type WorkshopRequest,
} from '../test/helpers/animatic-cast.ts';
import { median } from './helpers/median.ts';
import { type Bar, printTable } from './helpers/print-table.ts';

const ratioMin = 2;
/** A video's whole cost may be twice what encoding its finished frames alone costs, in the same run. */
const encodeShareMin = 0.5;
const memoryMibMax = 512;
const option = (name: string) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const rounds = Number(option('--rounds') ?? 3);
const only = option('--only') ?? '';

type Way = 'ffmpeg' | 'node-av';
const recorder = openRecorder();
process.once('exit', recorder.close);
for (const way of ['ffmpeg', 'node-av'] as const) {
  const workshop = openAnimaticWorkshop();
  try {
    const bars: Bar[] = [];
    for (const [what, request] of Object.entries(await listRequests(workshop))) {
      if (what.includes(only))
        bars.push(
          ...(await measure(
            what,
            way,
            () => workshop.render(request, undefined, { videoEncoder: way }),
            () => record(request),
          )),
        );
    }
    printTable(`Animatics encoded by ${way}, seconds of video a second`, bars);
  } finally {
    await workshop.close();
  }
}

async function listRequests({ cast }: AnimaticWorkshop): Promise<Record<string, WorkshopRequest>> {
  const [car, bear, sloth] = [await cast('car'), await cast('bear'), await cast('sloth')];
  const shots = [
    { prompt: '<<<element_1>>> races across the floor and stops in front of <<<element_2>>>.', duration_seconds: 3 },
    { prompt: 'Close-up: <<<element_2>>> looks surprised.', duration_seconds: 3 },
  ];
  const two: WorkshopRequest = { spec: { shots, duration_seconds: 6, sound: true }, cast: [car, bear] };
  const clip = sourceOf('reference_video', 'juggle.mp4', 'demo');
  const image = sourceOf('reference_image', 'bear.jpg');
  const ends = [sourceOf('image_start', 'bear.jpg'), sourceOf('image_end', 'sloth.jpg')];
  const motion = { model: 'kling-v3-motion-control', character_orientation: 'video' } as const;
  return {
    '720p, one element': { spec: { prompt: '<<<element_1>>> looks at us.', duration_seconds: 5 }, cast: [bear] },
    '720p, two shots, two elements': two,
    '720p, start to end image': { spec: { duration_seconds: 5, aspect_ratio: '16:9' }, sources: ends, cast: [car] },
    '720p, over a clip': { spec: { duration_seconds: 5 }, sources: [clip, image], cast: [car, sloth] },
    '720p, motion control': { spec: motion, sources: [image, clip], cast: [bear] },
    '1080p, two shots, two elements': { ...two, spec: { ...two.spec, quality: '1080p' } },
    '4k, two shots, two elements': { ...two, spec: { ...two.spec, quality: '4k' } },
  };
}

/** `recordOnce` makes the same video through the recorder. */
async function measure(
  what: string,
  way: Way,
  make: () => Promise<VideoDraft>,
  recordOnce: () => Promise<VideoDraft>,
): Promise<Bar[]> {
  const recorded = await recordOnce();
  const first = await render(make);
  const renders: Render[] = [];
  const shares: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const whole = await render(make);
    renders.push(whole);
    shares.push(encodeAlone(way, recorded) / whole.cpuSeconds);
  }
  const peakMib = Math.max(...[first, ...renders].map(({ mib }) => mib));
  const isBound = what.startsWith('720p');
  const cores = `by the clock; ${first.ratio.toFixed(2)} the first time`;
  const ratio = median(renders.map(({ ratio }) => ratio));
  const coreRatio = median(renders.map((one) => one.coreRatio));
  const encodeShare = median(shares);
  return [
    {
      what,
      measured: ratio.toFixed(2),
      bar: cores,
      reached: null,
    },
    {
      what: '  by processor time over two cores',
      measured: coreRatio.toFixed(2),
      bar: isBound ? `≥ ${ratioMin}` : '',
      reached: isBound ? coreRatio >= ratioMin : null,
    },
    {
      what: '  of encoding the same frames alone',
      measured: encodeShare.toFixed(2),
      bar: `≥ ${encodeShareMin}`,
      reached: encodeShare >= encodeShareMin,
    },
    {
      what: '  most memory',
      measured: `${peakMib.toFixed(0)} MiB`,
      bar: isBound ? `≤ ${memoryMibMax}` : '',
      reached: isBound ? peakMib <= memoryMibMax : null,
    },
  ];
}

interface Render {
  /** Seconds of video a second, by the clock and by processor time over two cores. */
  ratio: number;
  coreRatio: number;
  cpuSeconds: number;
  /** Most memory. */
  mib: number;
  video: VideoDraft;
}

async function render(make: () => Promise<VideoDraft>): Promise<Render> {
  const before = measureChildren().cpuSeconds;
  let last = { cpuSeconds: before, mib: 0 };
  const look = () => {
    const now = measureChildren();
    last = { cpuSeconds: Math.max(last.cpuSeconds, now.cpuSeconds), mib: Math.max(last.mib, now.mib) };
  };
  const timer = setInterval(look, 20);
  const from = performance.now();
  const video = await make();
  const seconds = (performance.now() - from) / 1000;
  look();
  clearInterval(timer);
  const cpuSeconds = last.cpuSeconds - before;
  return {
    ratio: video.duration_seconds / seconds,
    coreRatio: video.duration_seconds / (cpuSeconds / 2),
    cpuSeconds,
    mib: last.mib,
    video,
  };
}

/**
 * Processor time of an encoder for the finished frames of a video, as they were drawn: the recorder has kept them. Out of the video they would
 * be smoother, and cost a tenth less to encode.
 */
function encodeAlone(way: Way, { width_px, height_px, frame_rate }: VideoDraft): number {
  const { frames } = recorder;
  const again = `${frames}.mp4`;
  if (way === 'node-av') {
    const script = fileURLToPath(new URL('helpers/encode-alone.ts', import.meta.url));
    const sizes = [String(width_px), String(height_px)];
    return Number(execFileSync(process.execPath, [script, frames, ...sizes, again], { encoding: 'utf8' }));
  }
  const { bFrames, params } = chooseLookahead({ width: width_px, height: height_px });
  const raw = ['-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', `${width_px}x${height_px}`];
  const { preset, crf, profile } = x264Options;
  const before = measureChildren().endedSeconds;
  run([
    ...[...raw, '-framerate', String(frame_rate), '-i', frames, '-c:v', 'libx264', '-preset', preset, '-crf', crf],
    ...['-profile:v', profile, '-g', String(keyFrameEvery), '-threads', String(encoderThreads)],
    ...[...(bFrames === null ? [] : ['-bf', String(bFrames)]), '-x264-params', params, again],
  ]);
  return measureChildren().endedSeconds - before;
}

/** Made by a child of its own, which is gone when the next video is measured. */
async function record(request: WorkshopRequest): Promise<VideoDraft> {
  const workshop = openAnimaticWorkshop();
  try {
    return await workshop.render(request, recorder.program);
  } finally {
    await workshop.close();
  }
}

/** A program that is ffmpeg, and keeps the frames that it is given to encode. */
function openRecorder() {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-recorder-'));
  const [program, frames] = [join(folder, 'ffmpeg'), join(folder, 'frames.yuv')];
  const isEncoding = '*"-f rawvideo -pixel_format"*"-i pipe:0"*';
  const lines = [
    '#!/bin/sh',
    `case "$*" in ${isEncoding}) tee "${frames}" | exec ffmpeg "$@" ;; *) exec ffmpeg "$@" ;; esac`,
  ];
  writeFileSync(program, lines.join('\n'), { mode: 0o755 });
  return { program, frames, close: () => rmSync(folder, { recursive: true, force: true }) };
}

function run(args: readonly string[]): void {
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args]);
}

/** Processor time and resident memory of all processes that descend from this one, as Linux tells them. */
function measureChildren(): { cpuSeconds: number; endedSeconds: number; mib: number } {
  const parents = new Map<number, number>();
  const facts = new Map<number, { cpuSeconds: number; mib: number }>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const fields = loadStat(name);
    if (fields === null) continue;
    parents.set(Number(name), Number(fields[1]));
    // the processor time of this process and of its children that have ended, in hundredths of a second
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
    facts.set(Number(name), { cpuSeconds: ticks / 100, mib: (Number(fields[21]) * 4096) / 2 ** 20 });
  }
  const isOurs = (id: number): boolean => {
    const parent = parents.get(id);
    return parent === process.pid || (parent !== undefined && parent > 1 && isOurs(parent));
  };
  const own = [...facts].filter(([id]) => isOurs(id)).map(([, fact]) => fact);
  const total = own.reduce(
    (sum, { cpuSeconds, mib }) => ({ cpuSeconds: sum.cpuSeconds + cpuSeconds, mib: sum.mib + mib }),
    { cpuSeconds: 0, mib: 0 },
  );
  const [childUser, childSystem] = [13, 14].map((at) => Number(loadStat('self')?.[at])) as [number, number];
  return { ...total, endedSeconds: (childUser + childSystem) / 100 };
}

/** The fields of /proc/<id>/stat behind the name; null when the process is gone. */
function loadStat(id: string): string[] | null {
  try {
    return readFileSync(`/proc/${id}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? null;
  } catch {
    return null;
  }
}
