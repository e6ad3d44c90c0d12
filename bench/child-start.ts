import { rm } from 'node:fs/promises';
import { findCodeCache } from '../src/lib/find-code-cache.ts';
import { createPool } from '../src/media/child/pool/create-pool.ts';
import { readProcessorTime } from '../src/media/child/pool/read-processor-time.ts';
import { median } from './helpers/median.ts';

/**
 * Processor time that a media child takes until it has loaded the code of a job, without and with compiled code of
 * earlier children: `node bench/child-start.ts`. Each job ends at once, for want of input.
 */
const runs = 5;
const limits = {
  memoryBytesMax: 2 ** 30,
  startMs: 600_000,
  stallProcessorMs: 600_000,
  runProcessorMs: 600_000,
  stallClockMs: 600_000,
  runClockMs: 600_000,
};

for (const job of ['build', 'inspect', 'render-animatic']) {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let run = 0; run < runs; run++) {
    const cache = findCodeCache();
    if (cache !== null) await rm(cache, { recursive: true });
    cold.push(await measureStart(job));
    warm.push(await measureStart(job));
  }
  console.log(`${job}: ${median(cold)} ms for the first child, ${median(warm)} ms for later ones`);
}

async function measureStart(job: string): Promise<number> {
  const pool = createPool({ childCount: 1, idleMs: 60_000 });
  const module = new URL(`../src/media/child/jobs/${job}.ts`, import.meta.url).href;
  try {
    await pool.run({ module, input: {} }, limits).catch(() => undefined);
    return await readProcessorTime(pool.childIds()[0] ?? 0);
  } finally {
    await pool.close();
  }
}
