import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startPostgres } from '../../src/db/index.ts';
import { tryFailpoint } from './failpoints.ts';
import { killAtRandom } from './random-kills.ts';

/** The short form of `npm run test:faults`, which has all failpoints and five times the kills. Linux only: it reads /proc. */
describe.runIf(process.platform === 'linux')('processes that are killed', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-faults-postgres-'));
    postgres = await startPostgres({ dataFolder: folder });
  });

  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.concurrent.each(['after-commit-of-accept', 'before-commit-of-conclude then failed', 'after-accepted-callback'])(
    '%s: one task, resolved once, and its callback',
    async (name) => {
      expect(await tryFailpoint(name, postgres.url)).toEqual([]);
    },
  );

  test.concurrent('40 tasks, 20 random kills: nothing lost, stuck, doubled or left behind', async () => {
    const report = await killAtRandom({
      seed: Math.floor(Math.random() * 2 ** 32),
      taskCount: 40,
      killCount: 20,
      pauseMs: [200, 700],
      pauseShare: 0.05,
      sleepMs: 8_000,
    });
    expect(report.violations, `seed ${report.seed}`).toEqual([]);
  });
});
