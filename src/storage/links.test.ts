import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createLinks } from './links.ts';

const links = createLinks(randomBytes(32));
const now = new Date('2026-11-22T12:00:00Z');
const later = new Date(now.getTime() + 60_000);

function split(path: string) {
  const [, , expires = '', signature = '', name = ''] = path.split('/');
  return { expires, signature, name };
}

test('a link is good until its end and not a second longer', () => {
  const parts = split(links.sign('results/task/1/video.mp4', later));
  expect(links.verify(parts, now)).toEqual({ kind: 'good', key: 'results/task/1/video.mp4', expiresAt: later });
  expect(links.verify(parts, new Date(later.getTime() - 1))).toMatchObject({ kind: 'good' });
  expect(links.verify(parts, later)).toEqual({ kind: 'expired' });
});

test('the same file and end give the same link, so that a task reads the same at every query', () => {
  expect(links.sign('a/b', later)).toBe(links.sign('a/b', later));
});

test('nobody without the secret can move a link to another file, lengthen its life or make one', () => {
  const parts = split(links.sign('results/a', later));
  const forged = [
    { ...parts, name: 'results~b' },
    { ...parts, name: 'results/a' },
    { ...parts, expires: String(Number(parts.expires) + 1) },
    { ...parts, expires: `0${parts.expires}` },
    { ...parts, signature: '' },
    { ...parts, signature: parts.signature.slice(0, -1) },
    { ...parts, signature: `${parts.signature}A` },
    split(createLinks(randomBytes(32)).sign('results/a', later)),
  ];
  for (const one of forged) expect(links.verify(one, now)).toEqual({ kind: 'forged' });
});
