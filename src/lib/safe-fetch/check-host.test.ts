import { expect, test } from 'vitest';
import { parseAddressRange } from './address.ts';
import { createHostChecker } from './check-host.ts';
import type { Resolver } from './resolve-name.ts';

const limit = { timeoutMs: 1_000 };

function createChecker(resolve: Resolver, opened: readonly string[] = []) {
  return createHostChecker({ allowAddresses: opened.map(parseAddressRange), listOwnAddresses: () => [] }, resolve);
}

test.each([
  ['https://a.example/', ['1.1.1.1'], 'allowed'],
  ['https://a.example/', ['1.1.1.1', '10.0.0.1'], 'refused'],
  ['https://a.example/', ['10.9.0.1'], 'allowed'],
  ['https://a.example/', [], 'unknown'],
  ['https://1.1.1.1/', [], 'allowed'],
  ['https://10.0.0.1/', [], 'refused'],
  ['https://[::1]/', [], 'refused'],
  ['https://intranet/', ['1.1.1.1'], 'refused'],
  ['https://intranet/', ['10.9.0.1'], 'allowed'],
])('with 10.9.0.0/16 opened, %s that resolves to %j is %s', async (url, answers, verdict) => {
  expect(await createChecker(async () => answers, ['10.9.0.0/16'])(new URL(url), limit)).toBe(verdict);
});

test('many questions about one host at the same time, or soon after, cost one lookup', async () => {
  let lookups = 0;
  const check = createChecker(async () => {
    lookups += 1;
    return ['1.1.1.1'];
  });
  const verdicts = await Promise.all(Array.from({ length: 50 }, () => check(new URL('https://a.example/'), limit)));
  expect(new Set(verdicts)).toEqual(new Set(['allowed']));
  expect(await check(new URL('https://a.example:8443/other'), limit)).toBe('allowed');
  expect(lookups).toBe(1);
});

test("a name that doesn't exist is unknown, and is looked up again the next time", async () => {
  let lookups = 0;
  const check = createChecker(async () => {
    lookups += 1;
    if (lookups === 1) throw new Error('ENOTFOUND');
    return ['10.0.0.1'];
  });
  expect(await check(new URL('https://new.example/'), limit)).toBe('unknown');
  expect(await check(new URL('https://new.example/'), limit)).toBe('refused');
});

test("a lookup that takes too long is unknown after the caller's limit", async () => {
  const check = createChecker(() => new Promise(() => {}));
  expect(await check(new URL('https://slow.example/'), { timeoutMs: 50 })).toBe('unknown');
});

test('a thousand other hosts push an old verdict out', async () => {
  let lookups = 0;
  const check = createChecker(async () => {
    lookups += 1;
    return ['1.1.1.1'];
  });
  for (let index = 0; index <= 1_000; index += 1) await check(new URL(`https://h${index}.example/`), limit);
  await check(new URL('https://h0.example/'), limit);
  expect(lookups).toBe(1_002);
});
