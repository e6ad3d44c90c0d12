/**
 * How fast animatics are rendered: seconds of video made in a second, with each encoder that is there, and the processor
 * time and the most memory of the child process with the encoder it starts. Requests of every kind at 720p, then larger
 * ones. Other programs stretch the wall time: processor time over the two cores tells what a quiet machine would reach.
 *
 *     node bench/animatic.ts [--rounds 3] [--only 720p]
 */
import { readdirSync, readFileSync } from 'node:fs';
import {
  type AnimaticWorkshop,
  openAnimaticWorkshop,
  sourceOf,
  type WorkshopRequest,
} from '../test/helpers/animatic-cast.ts';
import { median } from './helpers/median.ts';
import { type Bar, printTable } from './helpers/print-table.ts';

const ratioMin = 2;
const memoryMibMax = 512;
const option = (name: string) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const rounds = Number(option('--rounds') ?? 3);
const only = option('--only') ?? '';

const workshop = openAnimaticWorkshop();
try {
  const requests = await listRequests(workshop);
  for (const way of ['ffmpeg', 'node-av'] as const) {
    const bars: Bar[] = [];
    for (const [what, request] of Object.entries(requests)) {
      if (what.includes(only)) bars.push(...(await measure(what, request, way)));
    }
    printTable(`Animatics encoded by ${way}, seconds of video a second`, bars);
  }
} finally {
  workshop.close();
}

async function listRequests({ cast }: AnimaticWorkshop): Promise<Record<string, WorkshopRequest>> {
  const [car, bear, sloth] = [await cast('car'), await cast('bear'), await cast('sloth')];
  const shots = [
    { prompt: '<<<element_1>>> races across the floor and stops in front of <<<element_2>>>.', duration_seconds: 3 },
    { prompt: 'Close-up: <<<element_2>>> looks surprised.', duration_seconds: 3 },
  ];
  const two: WorkshopRequest = { wish: { shots, duration_seconds: 6, sound: true }, cast: [car, bear] };
  const clip = sourceOf('reference_video', 'juggle.mp4', 'demo');
  const image = sourceOf('reference_image', 'bear.jpg');
  const ends = [sourceOf('image_start', 'bear.jpg'), sourceOf('image_end', 'sloth.jpg')];
  const motion = { model: 'kling-v3-motion-control', character_orientation: 'video' } as const;
  return {
    '720p, one element': { wish: { prompt: '<<<element_1>>> looks at us.', duration_seconds: 5 }, cast: [bear] },
    '720p, two shots, two elements': two,
    '720p, start to end image': { wish: { duration_seconds: 5, aspect_ratio: '16:9' }, sources: ends, cast: [car] },
    '720p, over a clip': { wish: { duration_seconds: 5 }, sources: [clip, image], cast: [car, sloth] },
    '720p, motion control': { wish: motion, sources: [image, clip], cast: [bear] },
    '1080p, two shots, two elements': { ...two, wish: { ...two.wish, quality: '1080p' } },
    '4k, two shots, two elements': { ...two, wish: { ...two.wish, quality: '4k' } },
  };
}

async function measure(what: string, request: WorkshopRequest, way: string): Promise<Bar[]> {
  const ratios: number[] = [];
  const busy: number[] = [];
  let peakMib = 0;
  for (let round = 0; round < rounds; round++) {
    let last = { cpuSeconds: 0, mib: 0 };
    const timer = setInterval(() => {
      const now = readChildren();
      last = { cpuSeconds: Math.max(last.cpuSeconds, now.cpuSeconds), mib: Math.max(last.mib, now.mib) };
    }, 20);
    const from = performance.now();
    const draft = await workshop.render(request, way);
    clearInterval(timer);
    ratios.push((draft.duration_seconds * 1000) / (performance.now() - from));
    busy.push(draft.duration_seconds / (last.cpuSeconds / 2));
    peakMib = Math.max(peakMib, last.mib);
  }
  const isBound = what.startsWith('720p');
  const cores = `${median(busy).toFixed(2)} if both cores were its own`;
  const ratio = median(ratios);
  return [
    {
      what,
      measured: ratio.toFixed(2),
      bar: isBound ? `≥ ${ratioMin}; ${cores}` : cores,
      reached: isBound ? ratio >= ratioMin : null,
    },
    {
      what: '  most memory',
      measured: `${peakMib.toFixed(0)} MiB`,
      bar: isBound ? `≤ ${memoryMibMax}` : '',
      reached: isBound ? peakMib <= memoryMibMax : null,
    },
  ];
}

/** Processor time and resident memory of all processes that descend from this one, as Linux tells them. */
function readChildren(): { cpuSeconds: number; mib: number } {
  const parents = new Map<number, number>();
  const facts = new Map<number, { cpuSeconds: number; mib: number }>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const fields = readStat(name);
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
  return own.reduce((sum, { cpuSeconds, mib }) => ({ cpuSeconds: sum.cpuSeconds + cpuSeconds, mib: sum.mib + mib }), {
    cpuSeconds: 0,
    mib: 0,
  });
}

/** The fields of /proc/<id>/stat behind the name; null when the process is gone. */
function readStat(id: string): string[] | null {
  try {
    return readFileSync(`/proc/${id}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? null;
  } catch {
    return null;
  }
}
