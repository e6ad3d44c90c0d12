/**
 * The typed client of a Troupe server: plain functions over `fetch`, types from the committed `openapi.json`, and the
 * check of callbacks. Owns no state but its base URL and key; runs wherever `fetch` and `crypto` exist, without the
 * server's code. Invariant: a submission is repeated only under the idempotency key that it was first sent with.
 */

export { estimatePrice, getCredits, getModel, listModels } from './account.ts';
export { createAccount, listAccounts, moveCredits } from './accounts.ts';
export {
  type GivenUpCallbackPage,
  getTaskCallbacks,
  type ListGivenUpCallbacksQuery,
  listCallbackSecrets,
  listGivenUpCallbacks,
  resendCallback,
  rotateCallbackSecret,
  testCallback,
} from './callbacks.ts';
export {
  type ListCatalogModelsQuery,
  type ListCatalogPricesQuery,
  listCatalogModels,
  listCatalogPrices,
} from './catalog.ts';
export { type Client, type ClientOptions, createClient } from './create-client.ts';
export { createUniqueId } from './create-unique-id.ts';
export { getCutout, mendCutout, previewCutout, undoMending } from './cutouts.ts';
export { download } from './download.ts';
export {
  changeElement,
  deleteElement,
  downloadElementFile,
  exportElement,
  getElement,
  importElement,
  type ListElementsQuery,
  listElements,
  listElementUses,
} from './elements.ts';
export { serverErrorCodes, type TroupeErrorCode } from './error-codes.ts';
export { type ErrorDetails, TroupeError } from './errors.ts';
export {
  deleteFile,
  downloadFile,
  getFileQuota,
  getUploadReceipt,
  type ListFilesQuery,
  listFiles,
  type UploadOptions,
  type UploadReceipt,
  uploadFile,
  uploadFileFromBase64,
  uploadFileFromUrl,
} from './files.ts';
export {
  type FollowOptions,
  type FollowTasksOptions,
  followTask,
  followTasks,
  type TaskEvent,
} from './follow-tasks.ts';
export { hasCode } from './has-code.ts';
export { getApiDocument, getHealth, getMetrics, getReadiness, type Readiness } from './health.ts';
export { changeKey, createKey, deleteKey, getKey, getMe, type KeyChange, type KeyWish, listKeys } from './keys.ts';
export { checkKling, getKlingStatus } from './kling.ts';
export { type CursorPage, eachRow, type PageQuery } from './pages.ts';
export { parseDryRunResult, parseElementResult, parseImageResult, parseVideoResult } from './parse-result.ts';
export { checkLedger, getDiagnosis } from './server.ts';
export { type SignIn, signIn, signOut } from './session.ts';
export type {
  Account,
  CallbackAttempt,
  CallbackSecret,
  CallbackTest,
  CatalogModels,
  CatalogPrices,
  Credits,
  Cutout,
  Diagnosis,
  DryRunResult,
  ElementChange,
  ElementDetails,
  ElementLine,
  ElementPage,
  ElementRequest,
  ElementResult,
  Estimate,
  EstimateRequest,
  FilePage,
  FileQuota,
  GivenUpCallback,
  ImageRequest,
  ImageResult,
  ImportedElement,
  Key,
  KlingCheck,
  KlingStatus,
  LedgerCheck,
  Mending,
  Model,
  OrderedVoice,
  PresetElement,
  StoredFile,
  Task,
  TaskCallbacks,
  TaskLine,
  TaskPage,
  TaskRequest,
  Transfer,
  UsageLine,
  VideoRequest,
  VideoResult,
  Voice,
} from './shapes.ts';
export type { AngleChoice, AnglesRequest, SubmitOptions } from './submit.ts';
export { chooseAngles, createAngles, createElement, createImages, createVideo } from './submit.ts';
export {
  cancelTask,
  getTask,
  getTaskRequest,
  getTasks,
  type ListTasksQuery,
  listTasks,
  waitForStatus,
} from './tasks.ts';
export type { OnUploadProgress } from './upload-progress.ts';
export { exportTransfers, getUsage, listTransfers, type UsageQuery } from './usage.ts';
export {
  type CallbackRefusal,
  CallbackVerificationError,
  type VerifyCallbackOptions,
  verifyCallback,
} from './verify-callback.ts';
export { createVoice, deleteVoice, grantVoice, listPresetElements, listVoices, revokeVoice } from './voices.ts';
export { type WaitForTaskOptions, waitForTask } from './wait-for-task.ts';
