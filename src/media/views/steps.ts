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
import type { JointStep, ViewStep } from './view.ts';

/**
 * What is made of each view, and then of all of them together, recited. To add something, write one file that exports
 * a step and name it here; a step that needs another's result comes after it.
 */
export const viewSteps: readonly ViewStep[] = [
  measureSharpness,
  measureExposure,
  hashPicture,
  encodeUpright,
  makeThumbnail,
];

export const jointSteps: readonly JointStep[] = [
  matteWithModel,
  findSubject,
  takeGivenAlpha,
  cutOutSubject,
  measureSubjects,
  compareViews,
  compareWithModel,
  findFaces,
  chooseColors,
  hashPlaceholder,
  drawSubjectSheet,
  reportFindings,
  reportFaces,
  reportScenes,
];
