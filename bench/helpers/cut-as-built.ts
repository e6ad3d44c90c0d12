import { createPeopleFinder, createThingsFinder, type ThingsFinder } from '../../src/media/networks/index.ts';
import type { ModelRunner } from '../../src/media/plugins/index.ts';
import type { Plane, RgbImage } from '../../src/media/raster/raster.ts';
import { guideAlpha, type SubjectMask } from '../../src/media/subject/index.ts';
import { doubtPlainGround } from '../../src/media/views/steps/doubt-plain-ground.ts';
import { findPeople } from '../../src/media/views/steps/find-people.ts';
import { findSubject } from '../../src/media/views/steps/find-subject.ts';
import { matteThings } from '../../src/media/views/steps/matte-things.ts';
import { matteWithModel } from '../../src/media/views/steps/matte-with-model.ts';
import { solvePlainGround } from '../../src/media/views/steps/solve-plain-ground.ts';
import type { StepTools } from '../../src/media/views/view.ts';
import { beginBuild } from '../../test/helpers/begin-build.ts';

/** Which step of a build has found the subject: by a plain ground, by the networks that know people, or by the joint search. */
export type CutWay = 'plain' | 'person' | 'joint';

/** A picture's cut-out as a build makes it. */
export interface BuiltCut {
  readonly way: CutWay;
  readonly found: SubjectMask;
  /** 0…255, at the picture's own size. */
  readonly alpha: Uint8Array;
}

/** Which networks and models the build has, beside those that know people. */
export interface BuiltWith {
  readonly matting?: ModelRunner<Plane>;
  /** Null for none. */
  readonly things?: ThingsFinder | null;
}

const people = createPeopleFinder();
const ownThings = createThingsFinder();

/** The cut-outs of one element, by the same steps and in the same order as in a build; as it is with the settings' defaults unless said otherwise. */
export async function cutAsBuilt(
  pictures: readonly RgbImage[],
  { matting, things = ownThings }: BuiltWith = {},
): Promise<BuiltCut[]> {
  const state = beginBuild(pictures);
  const { views } = state;
  solvePlainGround(state);
  if (things) doubtPlainGround(state, { things });
  if (matting !== undefined) await matteWithModel(state, { models: { matting } } as unknown as StepTools);
  if (people !== null) findPeople(state, { people } as unknown as StepTools);
  const isPerson = views.map(({ matte, isOnPlainGround }) => matte !== undefined && !isOnPlainGround);
  const models = matting === undefined ? {} : { models: { matting } };
  matteThings(state, { ...(things && { things }), ...models } as unknown as StepTools);
  findSubject(state, people === null ? {} : { people });
  return views.map((view, at) => ({
    way: view.isOnPlainGround ? 'plain' : isPerson[at] ? 'person' : 'joint',
    found: view.matte as SubjectMask,
    alpha: guideAlpha(
      (view.matte as SubjectMask).mask,
      view.pixels as RgbImage,
      view.matteGuide ?? { small: view.small },
    ),
  }));
}
