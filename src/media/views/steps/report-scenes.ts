import type { QualityFinding } from '../../schema.ts';
import type { BuildState } from '../view.ts';

/**
 * Even odds: a cut is reason enough to doubt, where of pictures that a maker chose together only a score far below is.
 */
const sameSubjectMin = 0.5;

/**
 * Warns of the cuts of a clip, and of scenes in which no frame is like the frontal one: a change of character is a
 * documented reason to refuse a clip, but can be told for sure only by a model, and a cut alone is none.
 */
export function reportScenes(state: BuildState): void {
  const cuts = state.cuts ?? [];
  const [frontal] = state.views;
  if (cuts.length === 0 || frontal === undefined) return;
  const message = `the clip has ${cuts.length} ${cuts.length === 1 ? 'cut' : 'cuts'}: ${listTimes(cuts)}`;
  state.report.push({ code: 'cuts', level: 'warning', file: null, value: cuts.length, limit: 0, message });
  for (let scene = 0; scene <= cuts.length; scene++) {
    if (scene === frontal.scene) continue;
    const finding = judgeScene(state, scene);
    if (finding !== undefined) state.report.push(finding);
  }
}

function listTimes(cuts: NonNullable<BuildState['cuts']>): string {
  return cuts.map(({ time_seconds }) => `at ${time_seconds} s`).join(', ');
}

/** Of the frames of a scene the one most like the frontal frame counts: turned and blurred ones are less like it. */
function judgeScene({ views, cuts = [] }: BuildState, scene: number): QualityFinding | undefined {
  const scores = views.flatMap((view) => (view.scene === scene ? (view.sameSubject ?? view.likeness ?? []) : []));
  const value = Math.max(...scores);
  if (scores.length === 0 || value >= sameSubjectMin) return undefined;
  const where =
    scene === 0 ? `before the cut at ${cuts[0]?.time_seconds}` : `after the cut at ${cuts[scene - 1]?.time_seconds}`;
  const message = `the subject ${where} s may be another: ${value.toFixed(2)}`;
  return { code: 'other_subject_after_cut', level: 'warning', file: null, value, limit: sameSubjectMin, message };
}
