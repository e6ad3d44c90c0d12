import { expect, test } from 'vitest';
import type { Progress } from '../progress.ts';
import { spaceReports } from './space-reports.ts';

/** What is told of reports that come at these times, in milliseconds. */
function tell(reports: readonly [at: number, progress: Partial<Progress>][]): number[] {
  const told: number[] = [];
  let now = 0;
  const report = spaceReports(
    () => told.push(now),
    () => now,
  );
  for (const [at, progress] of reports) {
    now = at;
    report({ fraction: at / 1000, step: 'draw', param: undefined, ...progress });
  }
  return told;
}

test('a step that goes on is told of ten times a second at most, however often it reports', () => {
  const told = tell(Array.from({ length: 200 }, (_, at) => [at * 5, {}] as const));
  expect(told).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
});

test('another step, field or model is told of at once', () => {
  expect(
    tell([
      [0, {}],
      [1, { step: 'encode' }],
      [2, { step: 'encode', param: 'model_params.images[0]' }],
      [3, { step: 'encode', param: 'model_params.images[0]', model: { task: 'matte', name: 'u2netp' } }],
      [4, { step: 'encode', param: 'model_params.images[0]', model: { task: 'matte', name: 'u2netp' } }],
      [5, {}],
    ]),
  ).toEqual([0, 1, 2, 3, 5]);
});
