/**
 * `npm run test:faults [-- --seed N --only NAME,… --tasks N]`: the long proofs. Kills real servers at every named step and at
 * random, takes their database, disk and open files away, races them, lies to them from upstream; prints what was found as it
 * comes and ends with 1 when anything that must hold doesn't, with 2 when the machine was too slow to tell.
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
import { outlastAbsences } from './finished-work.ts';
import { forgetSlowness, measureSlowness } from './machine-speed.ts';
import { race } from './races.ts';
import { killAtRandom } from './random-kills.ts';
import { settleAll } from './settle-all.ts';
import { crowdOut } from './slow-clients.ts';
import { followUpstream } from './upstream.ts';
import { TooSlow } from './wait-until.ts';

interface Outcome {
  /** What must hold and doesn't. */
  violations: string[];
  /** What this machine was too slow to tell. */
  undecided?: string[];
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
  finished: outlastAbsences,
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

/** Each has an outcome of its own, printed as it comes: what one doesn't come to says nothing of the others. */
async function tryAllFailpoints(): Promise<Outcome> {
  const rest = Object.keys(trials);
  const outcome = { violations: [] as string[], undecided: [] as string[] };
  const tryNext = async () => {
    for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
      const startedAt = Date.now();
      const trial = tryFailpoint(name, postgres.url).then((violations) => ({ violations }));
      const { violations, undecided = [] } = await settle(name, trial);
      say({ violations, undecided }, name, startedAt);
      outcome.violations.push(...violations);
      outcome.undecided.push(...undecided);
    }
  };
  await settleAll(Array.from({ length: sideBySide }, tryNext));
  return outcome;
}

/** A proof that didn't come to its end is broken, or undecided where the machine was too slow for it. */
async function settle(name: string, proof: Promise<Outcome>): Promise<Outcome> {
  try {
    return await proof;
  } catch (error) {
    if (error instanceof TooSlow) return { violations: [], undecided: [`${name}: ${error.message}`] };
    return { violations: [`${name} did not come to its end: ${(error as Error).stack}`] };
  }
}

function say({ violations, undecided = [] }: Outcome, name: string, startedAt: number): void {
  const verdict = violations.length > 0 ? 'BROKEN' : undecided.length > 0 ? 'slow  ' : 'holds ';
  process.stdout.write(`${verdict} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)\n`);
}

async function runProof(name: string, proof: () => Promise<Outcome>): Promise<Outcome> {
  const startedAt = Date.now();
  forgetSlowness();
  process.stdout.write(`begins ${name}, at ${(await measureSlowness()).toFixed(1)} times the usual slowness\n`);
  const outcome = await settle(name, proof());
  // What went wrong beside the proof, where nobody waited for it, is the proof's as well.
  outcome.violations.push(...strays.splice(0));
  say(outcome, name, startedAt);
  const { violations, undecided = [], ...figures } = outcome;
  for (const [figure, value] of Object.entries(figures)) {
    process.stdout.write(`       ${figure}: ${JSON.stringify(value)}\n`);
  }
  for (const violation of violations) process.stdout.write(`     - ${violation}\n`);
  for (const text of undecided) process.stdout.write(`     ? ${text}\n`);
  return outcome;
}

const strays: string[] = [];
process.on('unhandledRejection', (error) => {
  strays.push(`a failure that nobody waited for: ${(error as Error | undefined)?.stack ?? error}`);
});
// Ends by `exit`, at which whatever the proofs have started is killed.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => {
    process.stdout.write(`ended by ${name}\n`);
    void postgres.stop().finally(() => process.exit(130));
  });
}

const names = values.only?.split(',') ?? Object.keys(proofs);
process.stdout.write(`seed ${seed}\n`);
const startedAt = Date.now();
let broken = 0;
let undecided = 0;
try {
  for (const name of names) {
    const proof = proofs[name];
    if (proof === undefined) throw new Error(`there is no proof '${name}', only ${Object.keys(proofs).join(', ')}`);
    const outcome = await runProof(name, proof);
    broken += outcome.violations.length;
    undecided += outcome.undecided?.length ?? 0;
  }
} finally {
  await postgres.stop();
  await rm(postgresFolder, { recursive: true, force: true });
}
process.stdout.write(
  `${broken} violations, ${undecided} undecided, ${((Date.now() - startedAt) / 60_000).toFixed(1)} min in all\n`,
);
process.exitCode = broken > 0 ? 1 : undecided > 0 ? 2 : 0;
