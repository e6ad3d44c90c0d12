/**
 * Owns: what files are, by their bytes; the limits they must keep; everything made of them, in child processes.
 * Not: where files come from or go to, tasks, elements, accounts.
 * Invariant: of a foreign file this process looks at no more than the first bytes, and no fault of a file can end it.
 */

export type { AnimaticResult } from './animatic/render-animatic.ts';
export {
  type AnimaticScript,
  type FigureView,
  type Framing,
  frameRate,
  type Move,
  type Scene,
  type ScriptClip,
  type ScriptFigure,
  type ScriptImage,
  type ScriptShot,
} from './animatic/script.ts';
export type { BuildResult } from './child/jobs/build.ts';
export type { JobHooks } from './child/pool/run-job.ts';
export { type MediaSettings, section } from './config.ts';
export { createMedia, type Media } from './create-media.ts';
export {
  architectures,
  findRuntime,
  type ListedModel,
  listModels,
  type ModelEntry,
  type ModelTask,
  type ModelWish,
  modelTasks,
  openPlugins,
  type Plugins,
  refusedModels,
  removeModel,
} from './plugins/index.ts';
export type { Progress } from './progress.ts';
export type { ClipRules, MediaFile, MediaSource } from './schema.ts';
export {
  ClipCut,
  ClipFacts,
  ClipHeader,
  ClipScene,
  DominantColor,
  ElementFile,
  ElementManifest,
  type FileRole,
  ImageFacts,
  ImageHeader,
  QualityFinding,
  Sound,
  SourceFacts,
  type SourceHeader,
  type SourceRole,
  SubjectFacts,
  ViewFacts,
} from './schema.ts';
export { type Sniffed, sniffBytes, sniffFormat } from './sniff-format.ts';
export { takeModel } from './take-model.ts';
export type { ClipWish } from './video/convert-clip.ts';
