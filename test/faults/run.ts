/**
 * `npm run test:faults [-- --seed N --only NAME,… --tasks N]`: the long proofs. Kills real servers at every named step and at
 * random, takes their database, disk and open files away, races them, lies to them from upstream; prints what was found and ends with 1 when
 * anything that must hold doesn't.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../src/db/index.ts';
import { loseDatabase } from './database-away.ts';
import { fillDatabase, fillStorage } from './disk-full.ts';
import { createDatabase, trials, tryFailpoint } from './failpoints.ts';
import { starveOfFiles } from './few-files.ts';
import { race } from './races.ts';
import { killAtRandom } from './random-kills.ts';
import { crowdOut } from './slow-clients.ts';
import { followUpstream } from './upstream.ts';

interface Outcome {
  violations: string[];
}

const { values } = parseArgs({
  options: { seed: { type: 'string' }, only: { type: 'string' }, tasks: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
const postgresFolder = await mkdtemp(join(tmpdir(), 'troupe-faults-postgres-'));
const postgres = await startPostgres({ dataFolder: postgresFolder });

/** In the order of the table that is printed. */
const proofs: Readonly<Record<string, () => Promise<Outcome>>> = {
  failpoints: tryAllFailpoints,
  random: () =>
    killAtRandom({
      seed,
      taskCount: 340,
      killCount: 100,
      pauseMs: [500, 3000],
      pauseShare: 0.1,
      sleepMs: 45_000,
    }),
  away: () =>
    loseDatabase(postgres.url, [
      { weather: 'cut', lastsMs: 5_000 },
      { weather: 'cut_before_commit', lastsMs: 5_000 },
      { weather: 'cut_after_commit', lastsMs: 5_000 },
      { weather: 'silent', lastsMs: 25_000 },
    ]),
  disk: () => fillStorage(postgres.url),
  database_disk: fillDatabase,
  files: () => starveOfFiles(postgres.url),
  races: () => race(postgres.url),
  'slow-clients': () => crowdOut(postgres.url, 60_000),
  upstream: async () =>
    followUpstream({
      seed,
      databaseUrl: await createDatabase(postgres.url, `upstream_${Date.now()}`),
      taskCount: Number(values.tasks ?? 1000),
      faultShare: 0.2,
      pauseMs: [8000, 16_000],
    }),
};

/** Failpoints that run at the same time: they mostly wait for heartbeats to be missed. */
const sideBySide = 4;

async function tryAllFailpoints(): Promise<Outcome> {
  const rest = Object.keys(trials);
  const violations: string[] = [];
  const tryNext = async () => {
    for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
      violations.push(...(await tryFailpoint(name, postgres.url)));
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, tryNext));
  return { violations };
}

async function runProof(name: string, proof: () => Promise<Outcome>): Promise<number> {
  const startedAt = Date.now();
  const outcome = await proof().catch((error: Error) => ({ violations: [`the proof itself failed: ${error.stack}`] }));
  const { violations, ...figures } = outcome;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${violations.length === 0 ? 'holds ' : 'BROKEN'} ${name} (${seconds} s)\n`);
  for (const [figure, value] of Object.entries(figures)) {
    process.stdout.write(`       ${figure}: ${JSON.stringify(value)}\n`);
  }
  for (const violation of violations) process.stdout.write(`     - ${violation}\n`);
  return violations.length;
}

const names = values.only?.split(',') ?? Object.keys(proofs);
process.stdout.write(`seed ${seed}\n`);
const startedAt = Date.now();
let broken = 0;
try {
  for (const name of names) {
    const proof = proofs[name];
    if (proof === undefined) throw new Error(`there is no proof '${name}', only ${Object.keys(proofs).join(', ')}`);
    broken += await runProof(name, proof);
  }
} finally {
  await postgres.stop();
  await rm(postgresFolder, { recursive: true, force: true });
}
process.stdout.write(`${broken} violations, ${((Date.now() - startedAt) / 60_000).toFixed(1)} min in all\n`);
process.exitCode = broken === 0 ? 0 : 1;
