import { expect, test, vi } from 'vitest';
import { createCountMemory, longFrom } from './remember-counts.ts';

function prepare(rows: number) {
  let now = 0;
  const list = { rows };
  const count = vi.fn(async () => list.rows);
  const memory = createCountMemory(() => now);
  const pass = (ms: number) => {
    now += ms;
  };
  return { list, count, read: () => memory.read('list', count), pass };
}

test('a short list is counted each time', async () => {
  const { list, count, read } = prepare(longFrom - 2);
  expect(await read()).toBe(longFrom - 2);
  list.rows += 1;
  expect(await read()).toBe(longFrom - 1);
  expect(count).toHaveBeenCalledTimes(2);
});

test('a long one is told as it was, then counted behind the answer, and never told when it is a minute old', async () => {
  const { list, count, read, pass } = prepare(longFrom);
  expect(await read()).toBe(longFrom);
  list.rows += 5;
  pass(14_999);
  expect(await read()).toBe(longFrom);
  expect(count).toHaveBeenCalledTimes(1);
  pass(1);
  expect(await read()).toBe(longFrom);
  expect(count).toHaveBeenCalledTimes(2);
  expect(await read()).toBe(longFrom + 5);
  list.rows += 5;
  pass(60_000);
  expect(await read()).toBe(longFrom + 10);
});

test('one that has become short is counted each time again', async () => {
  const { list, read, pass } = prepare(longFrom);
  await read();
  list.rows = 3;
  pass(60_000);
  expect(await read()).toBe(3);
  list.rows = 4;
  expect(await read()).toBe(4);
});

test('those who ask while a long one is counted share the count', async () => {
  const { count, read, pass } = prepare(longFrom);
  await read();
  pass(60_000);
  expect(await Promise.all([read(), read(), read()])).toEqual([longFrom, longFrom, longFrom]);
  expect(count).toHaveBeenCalledTimes(2);
});

test('a count that fails behind an answer harms nobody, and fails for whom nothing newer is known', async () => {
  const { count, read, pass } = prepare(longFrom);
  await read();
  count.mockRejectedValue(new Error('no database'));
  pass(15_000);
  expect(await read()).toBe(longFrom);
  pass(45_000);
  await expect(read()).rejects.toThrow('no database');
  count.mockResolvedValue(longFrom + 1);
  expect(await read()).toBe(longFrom + 1);
});
