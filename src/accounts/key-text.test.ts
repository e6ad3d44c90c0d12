import { expect, test } from 'vitest';
import { computeKeyDigest, createKeyText, isKeyText, presentKeyHint } from './key-text.ts';

test('a key is sk-troupe, 30 random characters and a checksum, all of letters and digits', () => {
  const keys = Array.from({ length: 1000 }, createKeyText);
  for (const key of keys) {
    expect(key).toMatch(/^sk-troupe[0-9A-Za-z]{36}$/);
    expect(isKeyText(key)).toBe(true);
  }
  expect(new Set(keys).size).toBe(1000);
});

test('all 62 characters are drawn evenly', () => {
  const counts = new Map<string, number>();
  const keys = 2000;
  for (let i = 0; i < keys; i++) {
    for (const letter of createKeyText().slice(9, 39)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  const expected = (keys * 30) / 62;
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(counts.size).toBe(62);
  // 61 degrees of freedom: beyond 135 once in ten million runs.
  expect(chiSquare).toBeLessThan(135);
});

// Computed once with Python's zlib and hashlib: keys that are in use must never stop being keys.
test('the format is fixed: a known secret has a known checksum and a known digest', () => {
  const key = `sk-troupe${'0'.repeat(30)}05kGsm`;
  expect(isKeyText(key)).toBe(true);
  expect(computeKeyDigest(key).toString('hex')).toBe(
    'b240df7fef278040ee72c269a48d81736fd3b0b70bcdfd02248de80ed43b45c6',
  );
});

test('a changed, cut, lengthened or swapped character breaks the checksum', () => {
  const key = createKeyText();
  for (let at = 9; at < key.length; at++) {
    const other = key[at] === 'a' ? 'b' : 'a';
    expect(isKeyText(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
  }
  for (const text of [
    '',
    'sk-',
    key.slice(0, -1),
    `${key}0`,
    ` ${key}`,
    `${key}\n`,
    key.toLowerCase(),
    `Bearer ${key}`,
  ]) {
    expect(isKeyText(text)).toBe(false);
  }
});

test('the hint shows the prefix and the last four characters', () => {
  const key = createKeyText();
  expect(presentKeyHint(key)).toBe(`sk-troupe…${key.slice(-4)}`);
});
