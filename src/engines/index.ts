/**
 * Owns: who builds elements and who makes videos, behind one interface each.
 * Not: fetching sources, storing drafts, tasks, prices.
 * Invariant: an engine writes only into the work folder of its order, and nothing after its promise has settled.
 */
export { createAnimaticEngine } from './animatic/create-animatic-engine.ts';
export { type EngineSettings, section } from './config.ts';
export { createEngines, type Engines } from './create-engines.ts';
export type {
  DraftFile,
  ElementDraft,
  ElementEngine,
  ElementEnquiry,
  ElementOrder,
  ElementSource,
  ElementSummary,
  EngineTools,
  Publish,
} from './engine.ts';
export { abandonTask, listPaidTasks } from './kling/abandon-task.ts';
export { createKlingClient, type KlingClient } from './kling/call-kling.ts';
export { hasKlingCredentials, type KlingSettings } from './kling/config.ts';
export { type AdoptedElement, createKling, type Kling, type KlingOptions } from './kling/create-kling-engines.ts';
export { createCredential } from './kling/credential.ts';
export {
  bindAdopted,
  bindElement,
  endBinding,
  listElementsBoundTo,
  markUpstreamDeleted,
  type NewBinding,
} from './kling/element-queries.ts';
export { judgePublicUrl } from './kling/judge-public-url.ts';
export { deleteUpstreamElement, listUpstreamElements } from './kling/manage-elements.ts';
export {
  createUpstreamVoice,
  deleteUpstreamVoice,
  findCreatedVoice,
  listUpstreamVoices,
} from './kling/manage-voices.ts';
export { noteCallback } from './kling/note-callback.ts';
export type { UpstreamElement, UpstreamVoice } from './kling/upstream-task.ts';
export { verifyUpstreamCallback } from './kling/verify-upstream-callback.ts';
export { grantVoice, revokeVoice, type VoiceGrant } from './kling/voice-queries.ts';
export { buildElementFolder } from './local/build-element-folder.ts';
export { createLocalEngine } from './local/create-local-engine.ts';
export { createNothingEngine } from './nothing/create-nothing-engine.ts';
export type {
  CastElement,
  CastFacts,
  ResumedOrder,
  VideoDraft,
  VideoEngine,
  VideoEnquiry,
  VideoOrder,
  VideoShot,
  VideoSource,
  VideoTools,
  VideoWish,
} from './video-engine.ts';
