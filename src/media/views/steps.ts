import { chooseColors } from './choose-colors.ts';
import { compareViews } from './compare-views.ts';
import { compareWithModel } from './compare-with-model.ts';
import { cutOutSubject } from './cut-out-subject.ts';
import { drawSubjectSheet } from './draw-subject-sheet.ts';
import { encodeUpright } from './encode-upright.ts';
import { findFaces } from './find-faces.ts';
import { findSubject } from './find-subject.ts';
import { hashPicture } from './hash-picture.ts';
import { hashPlaceholder } from './hash-placeholder.ts';
import { makeThumbnail } from './make-thumbnail.ts';
import { matteWithModel } from './matte-with-model.ts';
import { measureExposure } from './measure-exposure.ts';
import { measureSharpness } from './measure-sharpness.ts';
import { measureSubjects } from './measure-subjects.ts';
import { reportFaces } from './report-faces.ts';
import { reportFindings } from './report-findings.ts';
import { reportScenes } from './report-scenes.ts';
import { takeGivenAlpha } from './take-given-alpha.ts';
import type { Beside, JointStep, ViewStep } from './view.ts';

/**
 * What is made of each view, and then of all of them together, recited. To add something, write one file that exports
 * a step and name it here; a step that needs another's result comes after it. What only encodes runs in threads of its
 * own, beside the steps that follow.
 */
export const viewSteps: readonly (ViewStep | Beside<ViewStep>)[] = [
  measureSharpness,
  measureExposure,
  hashPicture,
  { beside: encodeUpright },
  { beside: makeThumbnail },
];

export const jointSteps: readonly (JointStep | Beside<JointStep>)[] = [
  matteWithModel,
  findSubject,
  takeGivenAlpha,
  cutOutSubject,
  { beside: drawSubjectSheet },
  { beside: hashPlaceholder },
  measureSubjects,
  compareViews,
  compareWithModel,
  findFaces,
  chooseColors,
  reportFindings,
  reportFaces,
  reportScenes,
];
