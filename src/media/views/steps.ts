import { chooseColors } from './steps/choose-colors.ts';
import { compareFaces } from './steps/compare-faces.ts';
import { compareViews } from './steps/compare-views.ts';
import { compareWithModel } from './steps/compare-with-model.ts';
import { cutOutSubject } from './steps/cut-out-subject.ts';
import { doubtPlainGround } from './steps/doubt-plain-ground.ts';
import { drawSubjectSheet } from './steps/draw-subject-sheet.ts';
import { encodeUpright } from './steps/encode-upright.ts';
import { findFaces } from './steps/find-faces.ts';
import { findPeople } from './steps/find-people.ts';
import { findSubject } from './steps/find-subject.ts';
import { hashPicture } from './steps/hash-picture.ts';
import { hashPlaceholder } from './steps/hash-placeholder.ts';
import { makeThumbnail } from './steps/make-thumbnail.ts';
import { matteThings } from './steps/matte-things.ts';
import { matteWithModel } from './steps/matte-with-model.ts';
import { measureExposure } from './steps/measure-exposure.ts';
import { measureSharpness } from './steps/measure-sharpness.ts';
import { measureSubjects } from './steps/measure-subjects.ts';
import { reportFaces } from './steps/report-faces.ts';
import { reportFindings } from './steps/report-findings.ts';
import { reportScenes } from './steps/report-scenes.ts';
import { solvePlainGround } from './steps/solve-plain-ground.ts';
import { takeGivenAlpha } from './steps/take-given-alpha.ts';
import { withholdLikeness } from './steps/withhold-likeness.ts';
import type { Background, JointStep, ViewStep } from './view.ts';

/**
 * What is made of each view, and then of all of them together, recited. To add something, write one file that exports
 * a step and name it here; a step that needs another's result comes after it. What only encodes runs in threads of its
 * own, beside the steps that follow.
 */
export const viewSteps: readonly (ViewStep | Background<ViewStep>)[] = [
  measureSharpness,
  measureExposure,
  hashPicture,
  { beside: encodeUpright },
  { beside: makeThumbnail },
];

export const jointSteps: readonly (JointStep | Background<JointStep>)[] = [
  solvePlainGround,
  doubtPlainGround,
  matteWithModel,
  findPeople,
  matteThings,
  findSubject,
  takeGivenAlpha,
  cutOutSubject,
  { beside: drawSubjectSheet },
  { beside: hashPlaceholder },
  measureSubjects,
  compareViews,
  compareWithModel,
  withholdLikeness,
  findFaces,
  compareFaces,
  chooseColors,
  reportFindings,
  reportFaces,
  reportScenes,
];

/** What is made anew once a cut-out is another one, after `mending/remake-element.ts` has put it in its place. */
export const remakingSteps: readonly JointStep[] = [
  measureSubjects,
  compareViews,
  compareWithModel,
  withholdLikeness,
  findFaces,
  compareFaces,
  chooseColors,
  reportFindings,
  reportFaces,
  reportScenes,
];
