import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ChildFailure } from './child-failure.ts';
import { createPool, type Pool } from './create-pool.ts';

const module = new URL('../../../../test/fixtures/media/jobs/misbehave.ts', import.meta.url).href;
/** None that a slow machine meets. */
const limits = {
  memoryBytesMax: 300 * 2 ** 20,
  startMs: 600_000,
  stallProcessorMs: 600_000,
  runProcessorMs: 600_000,
  stallClockMs: 600_000,
  runClockMs: 600_000,
};
/** So long a test may wait on a machine that does many other things. */
const patience = { timeout: 600_000 };
const slowModule = new URL('../../../../test/fixtures/media/jobs/start-slowly.ts', import.meta.url).href;
const pools: Pool[] = [];
const isLinux = process.platform === 'linux';

function openPool(options = { childCount: 1, idleMs: 60_000 }): Pool {
  const pool = createPool(options);
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

interface Answer {
  text: string;
  pid: number;
  environment: string[];
}
const answer = (pool: Pool, text = 'yes') =>
  pool.run({ module, input: { act: 'answer', text } }, limits) as Promise<Answer>;
const act = (pool: Pool, what: string, own: Partial<typeof limits> = {}, signal?: AbortSignal) =>
  pool.run({ module, input: { act: what } }, { ...limits, ...own }, { signal });

async function failureOf(job: Promise<unknown>): Promise<ChildFailure> {
  const error = await job.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ChildFailure);
  return error as ChildFailure;
}

describe('a child that misbehaves costs its own job only', () => {
  test.each([
    ['kills itself', 'kill itself', {}, 'crashed', /SIGKILL/],
    ['exits', 'exit', {}, 'crashed', /exit code 7/],
    ['throws outside of its job', 'throw outside', {}, 'crashed', /thrown outside of the job/],
    ['hangs without a word', 'hang', { stallClockMs: 5000 }, 'stalled', /5000 ms by the clock/],
    [
      'spins in a loop that never yields',
      'spin',
      { stallProcessorMs: 700 },
      'overworked',
      /no progress for 700 ms of processor time/,
    ],
    ['reports progress for ever', 'trickle', { runProcessorMs: 200 }, 'overworked', /after 200 ms of processor time/],
    ['reports progress without work', 'trickle', { runClockMs: 5000 }, 'overran', /5000 ms by the clock/],
    [
      'has others work for it',
      'have another spin',
      { stallProcessorMs: 700 },
      'overworked',
      /no progress for 700 ms of processor time/,
    ],
    ['allocates without end', 'allocate', {}, 'out_of_memory', /MiB resident/],
    ['starts others that swell', 'start another', { memoryBytesMax: 200 * 2 ** 20 }, 'out_of_memory', /MiB resident/],
  ])('%s', async (_title, what, own, reason, detail) => {
    const pool = openPool();
    const failure = await failureOf(act(pool, what, own));
    expect(failure.reason).toBe(reason);
    expect(failure.message).toMatch(detail);
    expect(failure.progress).toMatchObject({ fraction: 0.5 });
    expect((await answer(pool)).text).toBe('yes');
  });
});

test('an error thrown by a job is no reason to lose the child', async () => {
  const pool = openPool();
  const { pid } = await answer(pool);
  await expect(act(pool, 'unknown')).rejects.toThrow("nothing known as 'unknown'");
  expect((await answer(pool)).pid).toBe(pid);
});

test('a child never gets more than its memory limit and a quarter', async () => {
  const pool = openPool();
  const failure = await failureOf(act(pool, 'allocate'));
  const seenMib = Number(/(\d+) MiB/.exec(failure.message)?.[1]);
  expect(seenMib).toBeLessThan(375);
});

test('a child that keeps its memory after a job is let go before the next', async () => {
  const pool = openPool();
  const { pid } = (await act(pool, 'swell')) as Answer;
  expect((await answer(pool)).pid).not.toBe(pid);
});

test.runIf(isLinux)('an aborted job rejects with the reason when the child and all it started are gone', async () => {
  const pool = openPool();
  const abort = new AbortController();
  const job = act(pool, 'start another', {}, abort.signal);
  await vi.waitFor(() => expect(groupMembers(pool.childIds()[0]).length).toBe(3), patience);
  const [group] = pool.childIds();
  abort.abort(new Error('not wanted any more'));
  await expect(job).rejects.toThrow('not wanted any more');
  await vi.waitFor(() => expect(groupMembers(group)).toEqual([]), patience);
});

test('a listener that throws ends its own job only', async () => {
  const pool = openPool();
  const onProgress = () => {
    throw new Error('the listener broke');
  };
  await expect(pool.run({ module, input: { act: 'hang' } }, limits, { onProgress })).rejects.toThrow(
    'the listener broke',
  );
  expect((await answer(pool)).text).toBe('yes');
});

test('a pause of this process is not held against the child', async () => {
  const pool = openPool();
  await answer(pool);
  let paused = false;
  const onProgress = () => {
    // From here on its answer waits to be read, longer than it may be silent.
    if (!paused) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6000);
    paused = true;
  };
  const job = pool.run(
    { module, input: { act: 'answer', text: 'in time' } },
    { ...limits, stallClockMs: 5000 },
    { onProgress },
  );
  expect(await job).toMatchObject({ text: 'in time' });
});

describe('the start of a child', () => {
  test('is not the job’s time: one that takes longer than a job may be silent still gets its job done', async () => {
    const pool = openPool();
    const short = { ...limits, stallProcessorMs: 500, runProcessorMs: 500 };
    expect(await pool.run({ module: slowModule, input: { act: 'answer', text: 'at last' } }, short)).toBe('at last');
  });

  test('has a limit of its own; a child that is getting on is kept for the retry, which finds it further on', async () => {
    const pool = openPool();
    const job = { module: slowModule, input: { act: 'answer', text: 'at last' } };
    const failure = await failureOf(pool.run(job, { ...limits, startMs: 600 }));
    expect(failure).toMatchObject({ reason: 'not_started', progress: { param: undefined } });
    const before = pool.childIds();
    expect(before).toHaveLength(1);
    expect(await pool.run(job, limits)).toBe('at last');
    expect(pool.childIds()).toEqual(before);
  });

  test('that ends the child is no job’s failure, and the next job gets another child', async () => {
    const pool = openPool();
    const module = new URL('../../../../test/fixtures/media/jobs/end-at-start.ts', import.meta.url).href;
    const failure = await failureOf(pool.run({ module, input: {} }, limits));
    expect(failure).toMatchObject({ reason: 'not_started', message: expect.stringContaining('exit code 3') });
    expect((await answer(pool)).text).toBe('yes');
  });
});

test.runIf(isLinux)('a child outlives the signals that stop a server, and its job is done', async () => {
  const pool = openPool();
  const signals: NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];
  const onProgress = () => {
    for (const name of signals) process.kill(pool.childIds()[0] as number, name);
  };
  const job = { module, input: { act: 'wait for signals', text: 'still here' } };
  expect(await pool.run(job, limits, { onProgress })).toMatchObject({ text: 'still here' });
});

test('a job aborted while it waits in line never starts, and those behind it do', async () => {
  const pool = openPool();
  const abort = new AbortController();
  const first = failureOf(act(pool, 'hang', { stallClockMs: 1500 }));
  const second = act(pool, 'hang', {}, abort.signal);
  const third = answer(pool, 'third');
  abort.abort(new Error('gave up'));
  await expect(second).rejects.toThrow('gave up');
  expect((await first).reason).toBe('stalled');
  expect((await third).text).toBe('third');
});

test.runIf(isLinux)(
  'a job whose caller waits for nothing but its turn is finished, and its child takes the next one',
  async () => {
    const pool = openPool();
    const gone = new AbortController();
    const hasBegun = Promise.withResolvers<void>();
    const wait = (onProgress?: () => void) =>
      pool.run({ module, input: { act: 'wait for signals', text: 'done' } }, limits, {
        waitSignal: gone.signal,
        onProgress,
      });
    const first = wait(hasBegun.resolve);
    const second = wait();
    await hasBegun.promise;
    gone.abort(new Error('went away'));
    await expect(second).rejects.toThrow('went away');
    const [pid] = pool.childIds() as [number];
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.kill(pid, name);
    expect(await first).toEqual({ text: 'done' });
    expect((await answer(pool)).pid).toBe(pid);
  },
);

test('no more jobs run at a time than there may be children', async () => {
  const pool = openPool({ childCount: 2, idleMs: 60_000 });
  const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => answer(pool, String(at))));
  expect(answers.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, at) => String(at)));
  expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2);
});

test('nothing is started before the first job, and an idle child leaves', async () => {
  const pool = openPool({ childCount: 2, idleMs: 50 });
  expect(pool.childIds()).toEqual([]);
  await answer(pool);
  await vi.waitFor(() => expect(pool.childIds()).toEqual([]), patience);
});

test('a child gets no secret of our environment', async () => {
  process.env.TROUPE_TEST_SECRET = 'x';
  const { environment } = await answer(openPool());
  delete process.env.TROUPE_TEST_SECRET;
  expect(environment).not.toContain('TROUPE_TEST_SECRET');
  expect(environment).not.toContain('DATABASE_URL');
});

test('closing ends running jobs and all children, and refuses more', async () => {
  const pool = openPool();
  const job = act(pool, 'hang');
  await vi.waitFor(() => expect(pool.childIds().length).toBe(1), patience);
  const rejected = expect(job).rejects.toThrow('the media pool is closed');
  await pool.close();
  await rejected;
  expect(pool.childIds()).toEqual([]);
  await expect(answer(pool)).rejects.toThrow('the media pool is closed');
});

test.runIf(isLinux).each(['hang', 'spin', 'start another'])(
  'when the parent is killed in the middle of "%s", neither its child nor what that started lives on',
  async (what) => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', parentProgram(what)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const group = Number(line.toString());
    expect(groupMembers(group).length).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(groupMembers(group)).toEqual([]), patience);
  },
);

function parentProgram(what: string): string {
  const pool = new URL('./create-pool.ts', import.meta.url).href;
  return `import { createPool } from '${pool}';
    const pool = createPool({ childCount: 1, idleMs: 1000 });
    pool.run({ module: '${module}', input: { act: '${what}' } }, ${JSON.stringify(limits)}, {
      onProgress: () => console.log(pool.childIds()[0]),
    });`;
}

/** Ids of the living processes of a group, by the files in which Linux tells them. */
function groupMembers(group: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        const [state, , groupId] = readFileSync(`/proc/${id}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
        return Number(groupId) === group && state !== 'Z';
      } catch {
        return false;
      }
    })
    .map(Number);
}
