/**
 * Owns: finding the subject in pictures and frames, its soft alpha, cut-out, facts, likeness, sheet and quality report.
 * Not: decoding, orienting and storing files, or any rule that refuses (those are the callers').
 * Invariant: everything but the three encoders is a pure function of typed arrays; equal input gives equal output.
 */
export { type ChosenFrame, chooseFrames } from './choose-frames.ts';
export { cropSubject, findSubjectBox } from './crop-subject.ts';
export { type Cutout, encodeCutout, encodeMatte } from './cut-out.ts';
export { describeLook, type Look } from './describe-look.ts';
export { drawSheet } from './draw-sheet.ts';
export { type Cut, findCuts } from './find-cuts.ts';
export { findLetterbox } from './find-letterbox.ts';
export { findSubjects, type SubjectHints } from './find-subjects.ts';
export { type GuideOptions, guideAlpha } from './guide-alpha.ts';
export { type Motion, measureMotion } from './measure-motion.ts';
export type { SubjectMask } from './outline-subject.ts';
export { computePerceptualHash, countDifferentBits, findNearDuplicates } from './perceptual-hash.ts';
export { type Box, cropRgb, type Plane, type RgbImage } from './raster.ts';
export { WORKING_PX } from './read-view.ts';
export { type Finding, type ReportSource, reportQuality, rules } from './report-quality.ts';
export { shrinkAlpha, shrinkToLongSide } from './resize-raster.ts';
export { scoreSameSubject } from './score-same-subject.ts';
export { computeSheetLayout, type SheetLayout, type SheetOptions } from './sheet-layout.ts';
export { computeSubjectColours, type SubjectColour } from './subject-colours.ts';
export { measureSubject, type SubjectFacts } from './subject-facts.ts';
export { computeViewDifference } from './view-difference.ts';
