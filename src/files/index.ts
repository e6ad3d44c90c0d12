/**
 * Files that callers keep here for a while. Owns what is there, whose it is, how long it lives and the quota; not the bytes,
 * and not what a file is by its bytes. Invariant: the files of an account, with those on their way, never pass its quota.
 */
export { checkFileNames } from './check-file-names.ts';
export { createFileId, isFileId } from './create-file-id.ts';
export {
  fileNotFound,
  fileNotUsable,
  fileOfOtherKind,
  fileQuotaExceeded,
  fileTooLarge,
  fileTypeNotTaken,
  uploadLapsed,
  uploadUnderWay,
} from './errors.ts';
export { presentFile } from './present-file.ts';
export {
  countFiles,
  dropArrival,
  findFile,
  findUpload,
  finishArrival,
  forgetFiles,
  holdFiles,
  listFileEnds,
  listFiles,
  listFilesAfter,
  markFileDeleted,
  measureUsage,
  renewArrival,
} from './queries.ts';
export { reserveArrival } from './reserve-arrival.ts';
export type { FileRow, StoredFile } from './tables.ts';
