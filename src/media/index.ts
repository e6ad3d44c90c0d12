/**
 * Owns: what files are, by their bytes; the limits they must keep; everything made of them, in child processes.
 * Not: where files come from or go to, tasks, elements, accounts.
 * Invariant: of a foreign file this process looks at no more than the first bytes, and no fault of a file can end it.
 */

export type { BuildResult } from './child/build.ts';
export { type MediaSettings, section } from './config.ts';
export { createMedia, type Media } from './create-media.ts';
export type { MediaSource } from './inspect-source.ts';
export type { JobHooks } from './pool/run-job.ts';
export type { Progress } from './pool/wire.ts';
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
