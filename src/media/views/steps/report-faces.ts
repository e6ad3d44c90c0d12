import type { QualityFinding } from '../../schema.ts';
import { nameView } from '../present-view.ts';
import type { BuildState, StepTools, View } from '../view.ts';
import { uprightName } from './encode-upright.ts';

/** Chance below which two faces may be of different people; as for whole subjects, and as uncalibrated as the model is. */
const sameFaceMin = 0.3;

/**
 * Adds to the report what a face model saw: in how many pictures there is a face, whether the frontal one has none or any
 * has several, and, where faces can be compared, which may show somebody else: in a clip that is a change of character.
 * Without a face model it adds nothing. It warns and never refuses.
 */
export function reportFaces(state: BuildState, { models }: StepTools): void {
  const { views } = state;
  const [frontal] = views;
  if (models?.faces === undefined || frontal === undefined) return;
  const withFace = views.filter(hasFace).length;
  const findings = views.flatMap((view) => [...reportSeveral(view), ...reportOther(view, frontal, models)]);
  if (withFace > 0 && !hasFace(frontal)) {
    const message = `${nameView(frontal)} shows no face, ${withFace} of the other pictures do: better a frontal picture with it`;
    findings.unshift({
      code: 'no_frontal_face',
      level: 'warning',
      file: uprightName(frontal),
      value: 0,
      limit: 1,
      message,
    });
  }
  state.report.push(...findings, ...reportPresence(withFace, views.length));
}

function hasFace({ faces = [] }: View): boolean {
  return faces.length > 0;
}

function reportPresence(withFace: number, count: number): QualityFinding[] {
  if (withFace === 0) return [];
  const message = `a face is seen in ${withFace} of ${count} pictures`;
  return [{ code: 'face_found', level: 'good', file: null, value: withFace, limit: 1, message }];
}

function reportSeveral(view: View): QualityFinding[] {
  const { faces = [] } = view;
  if (faces.length < 2) return [];
  const message = `${nameView(view)} shows ${faces.length} faces: better one alone`;
  const file = uprightName(view);
  return [{ code: 'several_faces', level: 'warning', file, value: faces.length, limit: 1, message }];
}

function reportOther(view: View, frontal: View, models: NonNullable<StepTools['models']>): QualityFinding[] {
  const [face, reference] = [view.faceEmbedding, frontal.faceEmbedding];
  if (view === frontal || face === undefined || reference === undefined) return [];
  const score = models.embedding?.compare(reference, face) ?? 1;
  if (score >= sameFaceMin) return [];
  const message = `${nameView(view)} may show another face than the frontal picture: ${score.toFixed(2)}`;
  const file = uprightName(view);
  return [{ code: 'other_face', level: 'warning', file, value: score, limit: sameFaceMin, message }];
}
