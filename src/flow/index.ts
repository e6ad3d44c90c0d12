/**
 * The story, in the order things happen: accept, build, conclude, deliver, expire. The only place that joins rooms and
 * opens transactions. Invariant: accept, conclude and each recorded delivery are one transaction each; build has none.
 */

export { accept } from './accept.ts';
export { createInsertions } from './acceptance/create-insertions.ts';
export { readAcceptedRequest } from './accepted-request.ts';
export type { BuildJob, ClaimedTask } from './attempt/attempt.ts';
export { chooseAfterFailure, judgeAttempt } from './attempt/attempt-policy.ts';
export { claimBuilds } from './attempt/claim-builds.ts';
export { attemptsExhausted } from './attempt/errors.ts';
export { build } from './build.ts';
export { listSecrets, moveCredits, openAccount, rotateSecret, rotateSecretOf } from './calls/change-accounts.ts';
export { moveCreditsByKey, openAccountByKey } from './calls/change-accounts-by-key.ts';
export { editKey, removeKey } from './calls/change-keys.ts';
export { createKeyByKey, deleteKeyByKey, editKeyByKey } from './calls/change-keys-by-key.ts';
export {
  deleteVoiceByKey,
  findOrderedVoice,
  grantVoiceByKey,
  listPresetElements,
  listUsableVoices,
  orderVoice,
  revokeVoiceByKey,
} from './calls/change-voices.ts';
export { checkReadiness } from './calls/check-readiness.ts';
export { deleteVideo } from './calls/delete-video.ts';
export { findVideoFile, type VideoFile } from './calls/find-video-file.ts';
export { grantFirstKey, grantKey } from './calls/grant-key.ts';
export { type LinkedElement, linkElements } from './calls/link-elements.ts';
export { loadFrames, loadImage, loadPreview, loadSheet } from './calls/load-picture.ts';
export { resendCallback } from './calls/resend-callback.ts';
export { showAccount, showAccounts } from './calls/show-accounts.ts';
export { showCallbacks } from './calls/show-callbacks.ts';
export { showCredits } from './calls/show-credits.ts';
export { showRequest } from './calls/show-request.ts';
export { showTask, showTaskLine, showTasks } from './calls/show-task.ts';
export { showUpstream } from './calls/show-upstream.ts';
export { listGroupKeys, type ShownUsage, showUsage } from './calls/show-usage.ts';
export { signIn, signOut } from './calls/sign-in.ts';
export { testCallback } from './calls/test-callback.ts';
export { watchState } from './calls/watch-state.ts';
export { cancel, concludeCompleted, concludeFailed, retryLater } from './conclude.ts';
export { createConclusions } from './conclusion/create-conclusions.ts';
export type { Context } from './context.ts';
export { type ClaimedCallback, claimCallbacks, createDelivery, type DeliverJob } from './deliver.ts';
export { describeFault } from './describe-fault.ts';
export { notReady, toRequestFailure, toTaskFailure } from './errors.ts';
export { expire } from './expire.ts';
export { deleteFile } from './files/delete-file.ts';
export { fetchUpload } from './files/fetch-upload.ts';
export { findDownload, mayFollow } from './files/find-download.ts';
export { showFile } from './files/show-file.ts';
export { uploadFile } from './files/upload-file.ts';
export { type Adopted, type Adoption, adoptElement } from './library/adopt-element.ts';
export { changeElement } from './library/change-element.ts';
export { chooseAngles } from './library/choose-angles.ts';
export { deleteElement } from './library/delete-element.ts';
export { exportElement } from './library/export-element.ts';
export { importElement } from './library/import-element.ts';
export { listUses } from './library/list-uses.ts';
export { mendCutout, mendingLimits, previewCutout, undoMending } from './library/mend-cutout.ts';
export { orderAngles } from './library/order-angles.ts';
export { adoptStorage, bindStorage, compareStorage, describeComparison } from './storage/bind-storage.ts';
export { type ByteRange, findStoredFile } from './storage/find-stored-file.ts';
export { discardDraft } from './storage/store-drafts.ts';
export { tellChanged } from './tell-changed.ts';
