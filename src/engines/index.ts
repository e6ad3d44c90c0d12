/**
 * Owns: who builds elements and who makes videos, behind one interface each.
 * Not: fetching sources, storing drafts, tasks, prices.
 * Invariant: an engine writes only into the work folder of its order, and nothing after its promise has settled.
 */
export { createAnimaticEngine } from './animatic/create-animatic-engine.ts';

export { createEngines, type Engines } from './create-engines.ts';
export type {
  ElementDraft,
  ElementEngine,
  ElementOrder,
  ElementSource,
  EngineTools,
  Publish,
} from './element-engine.ts';
export { engineNotAvailable } from './errors.ts';
export { buildElementFolder } from './local/build-element-folder.ts';
export { createLocalEngine } from './local/create-local-engine.ts';
export { createNothingEngine } from './nothing/create-nothing-engine.ts';
export type { AccountState, ElementAdoption, EngineRecords, EngineReports, OwnTask } from './records.ts';
export type { KlingAccountStatus, KlingCheck, KlingStatus } from './schema.ts';
export type { OrderedAt, Vendor, VendorElement, VendorVoice } from './vendor.ts';
export type {
  AskedVideo,
  CastElement,
  CastFacts,
  DraftPicture,
  ImageDraft,
  ImageOrder,
  ImagePrecheck,
  ImageSpec,
  LesserVideo,
  PreparedVideo,
  ResumedImages,
  ResumedOrder,
  VideoDraft,
  VideoEngine,
  VideoOrder,
  VideoPrecheck,
  VideoShot,
  VideoSource,
  VideoSourceRole,
  VideoSpec,
  VideoTools,
} from './video-engine.ts';
