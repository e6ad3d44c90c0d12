/**
 * Owns: finding the subject in pictures and frames, its soft alpha, cut-out, facts, likeness, sheet and quality report.
 * Not: decoding, orienting and storing files, or any rule that refuses (those are the callers').
 * Invariant: everything but the three encoders is a pure function of typed arrays; equal input gives equal output.
 */

export { type Appearance, describeAppearance } from './appearance/describe-appearance.ts';
export { computePerceptualHash, countDifferentBits } from './appearance/perceptual-hash.ts';
export { scoreSameSubject } from './appearance/score-same-subject.ts';
export { computeSubjectColors } from './appearance/subject-colors.ts';
export { computeViewDifference } from './appearance/view-difference.ts';
export { findSceneCuts } from './clip/find-scene-cuts.ts';
export { measureMotion } from './clip/measure-motion.ts';
export { cropSubject } from './cutout/crop-subject.ts';
export { drawSheet } from './cutout/draw-sheet.ts';
export { encodeCutout, encodeMatte } from './cutout/encode-cutout.ts';
export { type GuideOptions, guideAlpha } from './cutout/guide-alpha.ts';

export { findSubjects } from './find-subjects.ts';
export { findOnPlainGround } from './ground/find-on-plain-ground.ts';
export type { MendedMask } from './mending/apply-stroke.ts';
export { finishMending } from './mending/finish-mending.ts';
export { type MendingCanvas, measureCanvas, paintStroke, prepareCanvas } from './mending/mending-canvas.ts';
export type { Stroke } from './mending/stroke.ts';
export { type Finding, type ReportSource, reportQuality, rules } from './report-quality.ts';
export { outlinePerson } from './segmentation/outline-person.ts';
export type { SubjectMask } from './segmentation/outline-subject.ts';
export { measureSubject } from './subject-facts.ts';
