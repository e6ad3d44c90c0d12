import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeMedia, openEngine, orderVideo, tools } from '../../../test/helpers/stand-in-kling/open-engine.ts';
import { startStandIn } from '../../../test/helpers/stand-in-kling/stand-in.ts';
import { openTestDatabase, type TestDatabase } from '../../../test/helpers/test-database.ts';
import { until } from '../../../test/helpers/until.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await closeMedia();
  await database.close();
});

const program = new URL('../../../test/helpers/stand-in-kling/make-videos.ts', import.meta.url).pathname;

test('two processes make an element upstream once, and never hold more slots than the account has', async () => {
  await using standIn = await startStandIn({ parallelMax: 100, taskMs: 100 });
  const environment = {
    DATABASE_URL: database.url,
    STAND_IN_URL: standIn.url,
    ELEMENT_ID: '4129876500123456',
    TROUPE_KLING_ACCOUNT: 'race',
    TROUPE_KLING_PARALLEL_VIDEOS: '3',
  };
  const children = [0, 1].map((which) => {
    const tasks = Array.from({ length: 6 }, (_, at) => `task-unified-2-${which}${at}`);
    return startProcess(tasks, environment);
  });
  await Promise.all(children.map((child) => child.says('ready')));
  for (const { child } of children) child.stdin?.write('go\n');
  await Promise.all(children.map((child) => child.says('done')));
  const made = standIn.tasks();
  expect(made.filter((task) => task.path.endsWith('custom-elements'))).toHaveLength(1);
  expect(made.filter((task) => task.path.endsWith('omni-video'))).toHaveLength(12);
  expect(standIn.parallelPeak()).toBeLessThanOrEqual(3);
  // Each child has ended by itself.
  expect(await Promise.all(children.map((child) => child.ended))).toEqual([0, 0]);
});

test('a killed process leaves its tasks to another one, which finishes them without a second create', async () => {
  await using standIn = await startStandIn({ taskMs: 100_000 });
  const environment = {
    DATABASE_URL: database.url,
    STAND_IN_URL: standIn.url,
    TROUPE_KLING_ACCOUNT: 'killed',
    TROUPE_KLING_PARALLEL_VIDEOS: '3',
  };
  const tasks = ['task-unified-3-1', 'task-unified-3-2', 'task-unified-3-3', 'task-unified-3-4'];
  const { child, says, ended } = startProcess(tasks, environment);
  await says('ready');
  child.stdin?.write('go\n');
  await until('three tasks upstream', () => standIn.tasks().length === 3);
  child.kill('SIGKILL');
  await ended;
  standIn.configure({ taskMs: 30 });
  standIn.finishAll();
  const engine = openEngine(database.db, standIn.url, { environment: { TROUPE_KLING_ACCOUNT: 'killed' } });
  await Promise.all(tasks.map(async (task) => engine.videos.makeVideo(await orderVideo(task), tools())));
  await engine.close();
  expect(standIn.creates('/v1/videos/omni-video')).toHaveLength(4);
});

test('sixty tasks with a fifth of all calls failing and calls broken off at random: each made once, none lost', async () => {
  const seed = 20_261_122;
  await using standIn = await startStandIn({ parallelMax: 8, taskMs: 60, seed, lateMs: 30 });
  standIn.plan({
    rate: 0.2,
    anyOf: ['lost_request', 'lost_answer', 'late_work', 'done_5000', 'done_5002', 5001, 1302, 1303],
    queryFaults: ['lost_request', 5000, 5002, 1302],
  });
  const environment = { TROUPE_KLING_ACCOUNT: 'sixty', TROUPE_KLING_PARALLEL_VIDEOS: '8' };
  // Two engines on one database: whatever one begins the other may have to finish.
  const engines = [0, 1].map(() => openEngine(database.db, standIn.url, { environment }));
  let brokenOff = 0;
  async function runTask(task: string, at: number): Promise<void> {
    for (let call = 0; ; call += 1) {
      const stop = new AbortController();
      const breakOff = call < 3 && (at + call) % 3 !== 0;
      const timer = breakOff
        ? setTimeout(() => stop.abort(new Error('broken off')), 20 + ((at * 37 + call * 61) % 150))
        : undefined;
      try {
        const engine = engines[(at + call) % 2];
        await engine?.videos.makeVideo(await orderVideo(task), tools(stop.signal));
        return;
      } catch (error) {
        if ((error as Error).message !== 'broken off') throw error;
        brokenOff += 1;
      } finally {
        clearTimeout(timer);
      }
    }
  }
  const tasks = Array.from({ length: 60 }, (_, at) => `task-unified-4-${at}`);
  await Promise.all(tasks.map(runTask));
  await Promise.all(engines.map((engine) => engine.close()));
  const { rows } = await sql<{ subject: string; external_task_id: string; state: string }>`
    select subject, external_task_id, state from kling_tasks where credential = 'sixty'`.execute(database.db);
  expect(brokenOff).toBeGreaterThan(20);
  expect(rows).toHaveLength(60);
  expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['succeeded']));
  expect(Object.keys(standIn.made()).sort()).toEqual(rows.map((row) => row.external_task_id).sort());
  expect(new Set(Object.values(standIn.made()))).toEqual(new Set([1]));
  expect(standIn.parallelPeak()).toBeLessThanOrEqual(8);
});

function startProcess(tasks: readonly string[], environment: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [program, ...tasks], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const says = (word: string) =>
    until(`'${word}'`, () => {
      if (child.exitCode !== null && child.exitCode !== 0) throw new Error(`ended with ${child.exitCode}: ${text}`);
      return text.includes(word);
    });
  return { child, says, ended };
}
