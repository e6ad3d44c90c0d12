import { expect, test } from 'vitest';
import { createEasel } from './create-easel.ts';
import { subdueFrame } from './subdue-frame.ts';

test('every level of light and of color becomes what the rule says, to the last pixel, and nothing behind the frame changes', () => {
  // 8 × 34 and a quarter of it are no multiples of the sixteen that are mapped at once
  const easel = createEasel(8, 34 * 4);
  const { y, u, v, data } = easel.frame();
  for (const plane of [y, u, v]) for (let at = 0; at < plane.length; at++) plane[at] = at + 3;
  const behind = new Uint8Array(easel.kernels.memory.buffer, easel.planes.y + data.length, 4).fill(77);
  const before = { y: [...y], u: [...u], v: [...v] };
  subdueFrame(easel);
  const color = (level: number) => Math.floor(128.5 + 0.3 * (level - 128));
  expect([...y]).toEqual(before.y.map((level) => Math.floor(24 + 0.62 * Math.max(level - 16, 0))));
  expect([...u]).toEqual(before.u.map(color));
  expect([...v]).toEqual(before.v.map(color));
  expect([...behind]).toEqual([77, 77, 77, 77]);
});

test('all 256 levels', () => {
  const easel = createEasel(32, 32);
  const { y, u } = easel.frame();
  for (let level = 0; level < 256; level++) y[level] = u[level] = level;
  subdueFrame(easel);
  for (let level = 0; level < 256; level++) {
    expect(y[level]).toBe(Math.floor(24 + 0.62 * Math.max(level - 16, 0)));
    expect(u[level]).toBe(Math.floor(128.5 + 0.3 * (level - 128)));
  }
});
