/**
 * Owns: what files are, by their bytes; the limits they must keep; everything made of them, in child processes.
 * Not: where files come from or go to, tasks, elements, accounts.
 * Invariant: of a foreign file this process looks at no more than the first bytes, and no fault of a file can end it.
 */

export type { AnimaticResult } from './animatic/render-animatic.ts';
export type { StillsResult } from './animatic/render-stills.ts';
export {
  type AnimaticScript,
  type Framing,
  frameRate,
  type Move,
  type PaintedPlace,
  type Scene,
  type ScriptAction,
  type ScriptClip,
  type ScriptDirections,
  type ScriptFigure,
  type ScriptImage,
  type ScriptShot,
} from './animatic/script.ts';
export { checkFaceComparison } from './check-face-comparison.ts';
export type { BuildResult } from './child/jobs/build.ts';

export { countChildMib } from './choose-limits.ts';
export { type MediaSettings, section } from './config.ts';
export { createMedia, type Media } from './create-media.ts';
export { findVideoTools } from './find-video-tools.ts';
export { reportFirstOnly } from './image/report-first-only.ts';
export { judgeProcessor } from './judge-processor.ts';
export { MendedView, Stroke } from './mending-schema.ts';
export {
  type AddModelOptions,
  findRuntime,
  knownModels,
  type ListedModel,
  listModels,
  type ModelTask,
  modelTasks,
  openPlugins,
  type PackageFile,
  type Plugins,
  removeModel,
  tooMuchMemory,
} from './plugins/index.ts';
export type { PictureConversion } from './schema.ts';
export {
  ClipFacts,
  ClipHeader,
  ElementFile,
  ElementManifest,
  type FileRole,
  ImageFacts,
  ImageHeader,
  QualityFinding,
  SourceFacts,
  type SourceHeader,
  type SourceRole,
  ViewFacts,
} from './schema.ts';
export { sniffBytes, sniffFormat } from './sniff-format.ts';
export { sniffMediaType } from './sniff-media-type.ts';
export type { ClipRules, MediaFile, MediaSource } from './sources.ts';
export { takeModel } from './take-model.ts';
export type { ConversionOptions } from './video/convert-clip.ts';
export { stillNames } from './video/draw-stills.ts';
