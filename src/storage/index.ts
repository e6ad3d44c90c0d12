/**
 * Ground: files that outlive a process, under keys. Owns where and how bytes are kept; knows nothing of what they are.
 * Invariant: a key is either absent or whole; nobody ever reads half a file.
 */
export { backupLock, holdDeletions } from './hold-deletions.ts';
export {
  createIdentity,
  findStorageIdentity,
  findStoredIdentity,
  identityKey,
  keepStoredIdentity,
  noteSweep,
  replaceStoredIdentity,
  writeStorageIdentity,
} from './identity.ts';
export { isStorageKey } from './key.ts';
export { createLinks, type Links } from './links.ts';
export { loadLinkSecret } from './load-link-secret.ts';
export { loadPairSecret } from './load-pair-secret.ts';
export { openStorage } from './open-storage.ts';
export {
  listQuarantine,
  type QuarantinedFile,
  quarantineFile,
  quarantinePrefix,
  restoreQuarantined,
} from './quarantine.ts';
export type { ByteRange, Storage } from './storage.ts';
