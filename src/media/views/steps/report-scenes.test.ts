import { expect, test } from 'vitest';
import type { BuildState, View } from '../view.ts';
import { reportScenes } from './report-scenes.ts';

function buildStateOf(
  cuts: readonly number[],
  views: readonly (readonly [scene: number, score: number | null])[],
): BuildState {
  return {
    views: views.map(([scene, sameSubject]) => ({ scene, sameSubject }) as View),
    cuts: cuts.map((time_seconds) => ({ time_seconds, strength: 0.5 })),
    colors: [],
    placeholderHash: '',
    report: [],
  };
}

function reportOf(...given: Parameters<typeof buildStateOf>) {
  const state = buildStateOf(...given);
  reportScenes(state);
  return state.report;
}

test('a clip without cuts gets no word, one with cuts is warned of them with their number and times', () => {
  expect(reportOf([], [[0, null]])).toEqual([]);
  expect(
    reportOf(
      [2.5, 4],
      [
        [0, null],
        [1, 0.9],
        [2, 0.8],
      ],
    ),
  ).toEqual([
    {
      code: 'cuts',
      level: 'warning',
      file: null,
      value: 2,
      limit: 0,
      message: 'the clip has 2 cuts: at 2.5 s, at 4 s',
    },
  ]);
});

test('a scene in which no frame is like the frontal one may show another subject', () => {
  const [, warning, ...more] = reportOf(
    [2.5],
    [
      [0, null],
      [0, 1],
      [1, 0.31],
      [1, 0.12],
    ],
  );
  expect(more).toEqual([]);
  expect(warning).toMatchObject({ code: 'other_subject_after_cut', level: 'warning', value: 0.31, limit: 0.5 });
  expect(warning?.message).toBe('the subject after the cut at 2.5 s may be another: 0.31');
});

test('one frame that is like it is enough, and a scene that nothing is known of is not accused', () => {
  expect(
    reportOf(
      [2.5],
      [
        [0, null],
        [1, 0.1],
        [1, 0.7],
      ],
    ),
  ).toHaveLength(1);
  expect(
    reportOf(
      [2.5],
      [
        [0, null],
        [1, null],
      ],
    ),
  ).toHaveLength(1);
});

test('when the frontal frame is from a later scene, it is the one before the cut that may be another', () => {
  const [, warning] = reportOf(
    [2.5],
    [
      [1, null],
      [0, 0.2],
    ],
  );
  expect(warning?.message).toBe('the subject before the cut at 2.5 s may be another: 0.20');
});
