import { describe, expect, test } from 'vitest';
import type { ActionKind } from '../script.ts';
import { type Actor, planWay } from './plan-path.ts';

const frame = { width: 1280, height: 720 };
const actor: Actor = {
  box: { left: 440, top: 120, width: 400, height: 420 },
  stands: true,
  hasFeet: true,
  horizonY: 480,
  frame,
};
const way = (...kinds: ActionKind[]) =>
  planWay(
    kinds.map((kind) => ({ kind, way: 1 })),
    actor,
    120,
  );

describe('planWay', () => {
  test.each([
    ['enter', { x: -960 }, { x: 0 }],
    ['exit', { x: 0 }, { x: 960 }],
    ['cross', { x: -332.8 }, { x: 332.8 }],
    ['turn', { x: 0 }, { x: 0 }],
    ['fall', { lift: 561 }, { lift: 0 }],
    ['rise', { lift: 0 }, { lift: 561 }],
    ['jump', { lift: 0 }, { lift: 0 }],
    ['approach', { scale: 0.4, y: -36 }, { scale: 1.18, y: 10.8 }],
    ['recede', { scale: 1, y: 0 }, { scale: 0.4, y: -36 }],
  ] as const)('%s goes from %j to %j', (kind, from, to) => {
    const steps = way(kind);
    const near = (one: Record<string, number>) =>
      expect.objectContaining(Object.fromEntries(Object.entries(one).map(([k, v]) => [k, expect.closeTo(v, 1)])));
    expect(steps[0]).toEqual(near({ frame: 0, ...from }));
    expect(steps.at(-1)).toEqual(near({ frame: 119, ...to }));
  });

  test('a jump leaves the floor once and comes back to it', () => {
    const lifts = way('jump').map(({ lift }) => lift);
    expect(Math.max(...lifts)).toBeCloseTo(0.28 * 420, -1);
    expect(lifts.filter((lift, at) => lift > 0 !== (lifts[at - 1] ?? 0) > 0).length).toBe(2);
  });

  test('one thing goes on where the one before has led, without a leap between two frames', () => {
    const steps = way('enter', 'jump', 'exit');
    expect(steps.map(({ frame: at }) => at)).toEqual(
      [...new Set(steps.map(({ frame: at }) => at))].toSorted((a, b) => a - b),
    );
    const byFrame = steps.slice(1).map((step, at) => {
      const before = steps[at] as typeof step;
      return Math.hypot(step.x - before.x, step.lift - before.lift) / (step.frame - before.frame);
    });
    expect(Math.max(...byFrame)).toBeLessThan(120);
    expect(steps.at(-1)?.x).toBeCloseTo(960, 0);
  });

  test('two who meet stop beside each other, whatever their size', () => {
    for (const width of [60, 200, 500]) {
      const at = (centre: number, side: 1 | -1) => {
        const box = { left: centre - width / 2, top: 120, width, height: 420 };
        const end = planWay([{ kind: 'meet', way: side }], { ...actor, box }, 72).at(-1) as { x: number };
        return { left: box.left + end.x, right: box.left + width + end.x };
      };
      const [one, other] = [at(364, 1), at(916, -1)];
      expect(other.left - one.right).toBeCloseTo(0.04 * 1280, 0);
    }
  });

  test('a bust stays on the edge of the frame', () => {
    const bust: Actor = { ...actor, box: { ...actor.box, height: 620 }, stands: false, hasFeet: false };
    for (const kind of ['jump', 'fall', 'rise', 'approach', 'recede'] as const) {
      for (const step of planWay([{ kind, way: 1 }], bust, 72)) {
        expect(step, kind).toMatchObject({ y: 0, lift: 0 });
        expect(step.scale).toBeGreaterThanOrEqual(1);
      }
    }
  });
});
