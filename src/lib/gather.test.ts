import { expect, test } from 'vitest';
import { createGatherer } from './gather.ts';

test('items that come together are handed over together, each caller once', async () => {
  const batches: number[][] = [];
  const gather = createGatherer<number>(5, async (items) => void batches.push(items));
  await Promise.all([1, 2, 3].map(gather));
  await gather(4);
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

test('one batch at a time: what comes meanwhile forms the next one', async () => {
  const gate = Promise.withResolvers<void>();
  const batches: number[][] = [];
  let running = 0;
  let most = 0;
  const gather = createGatherer<number>(0, async (items) => {
    batches.push(items);
    running += 1;
    most = Math.max(most, running);
    if (batches.length === 1) await gate.promise;
    running -= 1;
  });
  const first = gather(1);
  await expect.poll(() => batches.length).toBe(1);
  const others = [2, 3].map(gather);
  // biome-ignore lint/plugin/waits: longer than the gathering time, in which nothing may happen.
  await new Promise((done) => setTimeout(done, 10));
  expect(batches).toEqual([[1]]);
  gate.resolve();
  await Promise.all([first, ...others]);
  expect(batches).toEqual([[1], [2, 3]]);
  expect(most).toBe(1);
});

test('a failure reaches the callers of that batch and nobody else', async () => {
  let call = 0;
  const gather = createGatherer<number>(0, async () => {
    call += 1;
    if (call === 1) throw new Error('this batch');
  });
  const outcomes = await Promise.allSettled([1, 2].map(gather));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await gather(3);
});
