/**
 * Owns: the Kling API as an engine for elements and videos: calls, its slots and stops by product, what was sent and what
 * became of it, which of our elements it knows, granted voices.
 * Not: our own files of an element, prices, tasks of ours. Knows the engine interface by its types alone.
 * Invariant: a row says that something is being sent before it is sent, and nothing is sent twice under two ids.
 */
export { judgePublicUrl } from './account/judge-public-url.ts';
export { createKlingClient, type KlingClient } from './api/create-kling-client.ts';
export { createKlingNetwork } from './api/create-kling-network.ts';
export { createCredential } from './api/credential.ts';
export type { KlingElement, KlingVoice } from './api/read-answer.ts';
export { verifyKlingCallback } from './api/verify-callback.ts';
export { hasKlingCredentials } from './config.ts';
export { createKling, type Kling } from './create-kling.ts';
export { createVendor } from './create-vendor.ts';
export { bindElement, markDeletedAtKling } from './elements/binding-queries.ts';
export { deleteKlingElement, listKlingElements } from './elements/kling-elements.ts';
export { type KlingAccount, listAccounts } from './list-accounts.ts';
export { klingRecords } from './records.ts';
export { noteCallback } from './tasks/note-callback.ts';
export { computeMarginPrices } from './videos/units.ts';
export {
  createKlingVoice,
  deleteKlingVoice,
  findCreatedVoice,
  listKlingVoices,
} from './voices/kling-voices.ts';
export { grantVoice, revokeVoice, type VoiceGrant } from './voices/voice-queries.ts';
