import type { FaceFault } from '../../networks/index.ts';
import type { QualityFinding } from '../../schema.ts';
import { rules } from '../../subject/index.ts';
import { nameView } from '../present-view.ts';
import type { BuildState, StepTools, View } from '../view.ts';
import { uprightName } from './encode-upright.ts';

/** Chance below which two faces may be of different people; as for whole subjects, and as uncalibrated as the model is. */
const sameFaceMin = 0.3;

/**
 * Adds to the report what a face model or the people networks saw: in how many pictures there is a face, whether the frontal
 * one or a whole clip has none, whether any has several or shows nobody, and, where faces can be compared, which may show somebody else:
 * in a clip that is a change of character. Where nobody has looked it adds nothing. It warns and never refuses.
 */
export function reportFaces(state: BuildState, { models, faceComparer }: StepTools): void {
  const { views } = state;
  const [frontal] = views;
  if (frontal === undefined) return;
  if (views.every(({ faces }) => faces === undefined)) {
    if (state.showsNoFace && frontal.timeSeconds !== undefined) state.report.push(noFaceInClip);
    return;
  }
  const withFace = views.filter(hasFace).length;
  const findings = views.flatMap((view) => [
    ...reportSeveral(view),
    ...reportNobody(view),
    ...reportOther(view, frontal, models),
  ]);
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
  if (state.isPerson && models?.embedding === undefined && views.length > 1)
    findings.push(...(faceComparer === undefined ? [notTold] : views.flatMap(reportUncompared)));
  state.report.push(...findings, ...reportPresence(withFace, views.length));
}

/** The contract asks a clip for a clearly visible human face. */
const noFaceInClip: QualityFinding = {
  code: 'no_face',
  level: 'warning',
  file: null,
  value: 0,
  limit: 1,
  message:
    'no human face is clearly visible in the clip: the Kling API asks for one; a clip that shows it from near by is better',
};

const notTold: QualityFinding = {
  code: 'person_not_compared',
  level: 'warning',
  file: null,
  value: 0,
  limit: 1,
  message:
    'whether all pictures show the same person is not told, as this server compares no faces (TROUPE_COMPARE_FACES) and has no embedding model; please look yourself',
};

/** Of a face that could not be compared, the reason; of a picture that shows no person at all that has been said. */
function reportUncompared(view: View): QualityFinding[] {
  const { person } = view;
  if (person === undefined || 'than' in person || reportNobody(view).length > 0) return [];
  const message = `whether ${nameView(view)} shows the same person is not told: ${faultWords[person.why](person)}; please look yourself`;
  const { value, limit } = person;
  return [{ code: 'person_not_compared', level: 'warning', file: uprightName(view), value, limit, message }];
}

const faultWords: Readonly<Record<FaceFault['why'], (fault: FaceFault) => string>> = {
  unseen: () => 'no face is clearly seen in it',
  small: ({ value, limit }) => `its face is small, ${value} px from eye to eye, better ${limit} or more`,
  turned: () => 'its face is turned aside, better from the front',
};

/** Of a person: nobody at all, or no face and little of what the frontal picture looks like. From behind there is no face either. */
function reportNobody(view: View): QualityFinding[] {
  const likeness = view.likeness ?? view.sameSubject ?? 1;
  const isOther = view.showsNobody || (view.faces !== undefined && !hasFace(view) && likeness < rules.other_subject);
  if (!isOther) return [];
  const seen = view.showsNobody ? 'nobody' : 'no face and looks unlike the frontal picture';
  const message = `${nameView(view)} shows ${seen}: replace it if it is of something or somebody else`;
  const file = uprightName(view);
  return [{ code: 'no_person', level: 'warning', file, value: likeness, limit: rules.other_subject, message }];
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

function reportOther(view: View, frontal: View, models: StepTools['models']): QualityFinding[] {
  const [face, reference] = [view.faceEmbedding, frontal.faceEmbedding];
  const isCompared = view.person !== undefined && 'than' in view.person;
  if (view === frontal || isCompared || face === undefined || reference === undefined) return [];
  const score = models?.embedding?.compare(reference, face) ?? 1;
  if (score >= sameFaceMin) return [];
  const message = `${nameView(view)} may show another face than the frontal picture: ${score.toFixed(2)}`;
  const file = uprightName(view);
  return [{ code: 'other_face', level: 'warning', file, value: score, limit: sameFaceMin, message }];
}
