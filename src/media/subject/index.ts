/**
 * Owns: finding the subject in pictures and frames, its soft alpha, cut-out, facts, likeness, sheet and quality report.
 * Not: decoding, orienting and storing files, or any rule that refuses (those are the callers').
 * Invariant: everything but the three encoders is a pure function of typed arrays; equal input gives equal output.
 */

export { type Appearance, describeAppearance } from './appearance/describe-appearance.ts';
export { computePerceptualHash, countDifferentBits } from './appearance/perceptual-hash.ts';
export { scoreSameSubject } from './appearance/score-same-subject.ts';
export { computeSubjectColours, type SubjectColour } from './appearance/subject-colours.ts';
export { computeViewDifference } from './appearance/view-difference.ts';
export { findSceneCuts, type SceneCut } from './clip/find-scene-cuts.ts';
export { type Motion, measureMotion } from './clip/measure-motion.ts';
export { cropSubject, findSubjectBox } from './cutout/crop-subject.ts';
export { drawSheet } from './cutout/draw-sheet.ts';
export { type Cutout, encodeCutout, encodeMatte } from './cutout/encode-cutout.ts';
export { type GuideOptions, guideAlpha } from './cutout/guide-alpha.ts';
export { computeSheetLayout, type SheetLayout, type SheetOptions } from './cutout/sheet-layout.ts';
export { WORKING_PX } from './features/prepare-picture.ts';
export { findSubjects, type SubjectHints } from './find-subjects.ts';
export { type Finding, type ReportSource, reportQuality, rules } from './report-quality.ts';
export type { SubjectMask } from './segmentation/outline-subject.ts';
export { measureSubject } from './subject-facts.ts';
