import { chooseColors } from './choose-colors.ts';
import { encodeUpright } from './encode-upright.ts';
import { hashPlaceholder } from './hash-placeholder.ts';
import { makeThumbnail } from './make-thumbnail.ts';
import { measureExposure } from './measure-exposure.ts';
import { measureSharpness } from './measure-sharpness.ts';
import type { JointStep, ViewStep } from './view.ts';

/**
 * What is made of each view, and then of all of them together, recited. To add something, write one file that exports
 * a step and name it here; a step that needs another's result comes after it.
 */
export const viewSteps: readonly ViewStep[] = [measureSharpness, measureExposure, encodeUpright, makeThumbnail];

export const jointSteps: readonly JointStep[] = [chooseColors, hashPlaceholder];
