/**
 * The story, in the order things happen: accept, build, conclude, deliver, expire. The only place that joins rooms and
 * opens transactions. Invariant: accept, conclude and each recorded delivery are one transaction each; build has none.
 */
export { type Accepted, accept, type Submission } from './accept.ts';
export { type Adopted, type Adoption, adoptElement } from './adopt-element.ts';
export { chooseAfterFailure, judgeAttempt } from './attempt-policy.ts';
export { adoptStorage, bindStorage, compareStorage, describeComparison } from './bind-storage.ts';
export { build } from './build.ts';
export { moveCredits, openAccount, rotateSecret } from './change-accounts.ts';
export { editKey, removeKey } from './change-keys.ts';
export { checkReadiness, type Readiness } from './check-readiness.ts';
export { claimBuilds } from './claim-builds.ts';
export { cancel, concludeCompleted, concludeFailed, retryLater } from './conclude.ts';
export type { Context } from './context.ts';
export { deleteElement } from './delete-element.ts';
export { type ClaimedCallback, claimCallbacks, createDelivery, type DeliverJob } from './deliver.ts';
export { attemptsExhausted, notReady, toRequestFailure, toTaskFailure } from './errors.ts';
export { type Expired, expire } from './expire.ts';
export { type ByteRange, findStoredFile } from './find-stored-file.ts';
export { grantFirstKey, grantKey } from './grant-key.ts';
export { showCredits } from './show-credits.ts';
export { showTask, showTasks } from './show-task.ts';
export { discardDraft } from './store-drafts.ts';
export type { BuildJob, ClaimedTask } from './work.ts';
