/**
 * The story, in the order things happen: accept, build, conclude, deliver, expire. The only place that joins rooms and
 * opens transactions. Invariant: accept, conclude and each recorded delivery are one transaction each; build has none.
 */
export { type Accepted, accept, type Submission } from './accept.ts';
export { type Adopted, type Adoption, adoptElement } from './adopt-element.ts';
export { adoptStorage, bindStorage, compareStorage, describeComparison } from './bind-storage.ts';
export { build } from './build.ts';
export { moveCredits, openAccount, rotateSecret } from './change-accounts.ts';
export { editKey, removeKey } from './change-keys.ts';
export { checkReadiness, type Readiness } from './check-readiness.ts';
export { type ClaimedTask, cancel, concludeCompleted, concludeFailed, retryLater } from './conclude.ts';
export type { Context } from './context.ts';
export { deleteElement } from './delete-element.ts';
export { type ClaimedCallback, claimCallbacks, createDelivery, type DeliverJob } from './deliver.ts';
export { type Expired, expire } from './expire.ts';
export { gaveUp, notReady, toTaskFailure, waitedTooLong } from './failures.ts';
export { grantFirstKey, grantKey } from './grant-key.ts';
export { showTask, showTasks } from './show-task.ts';
export { discardDraft } from './store-drafts.ts';
