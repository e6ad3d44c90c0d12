/**
 * The library of reusable subjects. Owns elements, the record of their files and the form of their archives; not how
 * their pictures are made or where bytes lie. Invariant: one task makes at most one element, and an element is never
 * changed by what happens to its task.
 */
export {
  type ArchivedElement,
  archiveEntries,
  archiveFormat,
  archiveVersion,
  fileNamePattern,
} from './archive/archive-format.ts';
export { readArchive, type UnpackedFile } from './archive/read-archive.ts';
export { writeArchive } from './archive/write-archive.ts';
export { createElementId } from './create-element-id.ts';
export {
  archiveRefused,
  elementFileNotFound,
  elementNotFound,
  elementNotUsable,
  mendingRefused,
  revisionConflict,
} from './errors.ts';
export { forgetReplacedFiles, listReplacedOwners, mendElement } from './mending-queries.ts';
export { findView, presentCutout } from './present-cutout.ts';
export { presentElement, presentElementDetails, presentElementResult } from './present-element.ts';
export {
  changeElement,
  deleteElement,
  deleteElementUses,
  type ElementChange,
  type ElementWithFiles,
  fillElementWords,
  findElement,
  findElementFile,
  findElements,
  forgetDeletedFiles,
  insertElement,
  insertElements,
  insertElementUses,
  isElementIdTaken,
  listDeletedElementIds,
  listElementFiles,
  listElementUses,
  listFilesOfElements,
  listKnownStorageKeys,
  listSomeElementFiles,
  type NewElement,
  type NewElementFile,
} from './queries.ts';
export { countElements, elementOrders, searchElements } from './search-elements.ts';
export type { Element } from './tables.ts';
