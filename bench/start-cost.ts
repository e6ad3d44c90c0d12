import { spawnSync } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPool } from '../src/media/child/pool/create-pool.ts';
import { readProcessorTime } from '../src/media/child/pool/read-processor-time.ts';
import { median } from './helpers/median.ts';

/**
 * Processor time that a command of the program takes, and a media child until it has loaded the code of a job, without and with
 * compiled code of earlier starts: `node bench/start-cost.ts`. Each job ends at once, for want of input.
 */
const program = fileURLToPath(new URL('../bin/troupe.mjs', import.meta.url));
const runs = 5;
const temporary = tmpdir();
delete process.env.NODE_COMPILE_CACHE;
const limits = {
  memoryBytesMax: 2 ** 30,
  startMs: 600_000,
  stallProcessorMs: 600_000,
  runProcessorMs: 600_000,
  stallClockMs: 600_000,
  runClockMs: 600_000,
};

for (const [name, measure] of [
  ["a client's command", () => measureCommand('--version')],
  ['a command that loads all there is', () => measureCommand('help')],
  ...['build', 'inspect', 'render-animatic'].map(
    (job) => [`a child that can ${job}`, () => measureStart(job)] as const,
  ),
] as const) {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let run = 0; run < runs; run++) {
    // Where compiled code is kept: nobody else's is taken away, and nothing that runs beside this fills it.
    await using folder = await mkdtempDisposable(join(temporary, 'troupe-bench-'));
    process.env.TMPDIR = folder.path;
    cold.push(await measure());
    warm.push(await measure());
    process.env.TMPDIR = temporary;
  }
  console.log(
    `${name}: ${median(cold).toFixed(0)} ms for the first start, ${median(warm).toFixed(0)} ms for later ones`,
  );
}

/** Milliseconds of processor time of all threads, as the process itself tells at its end. */
function measureCommand(word: string): number {
  const tell =
    'process.on("exit", () => { const { user, system } = process.cpuUsage(); process.stderr.write(String(user + system)); })';
  const { stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${tell}`, program, word]);
  return Number(stderr.toString()) / 1000;
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
