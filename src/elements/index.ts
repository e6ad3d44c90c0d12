/**
 * The library of reusable subjects. Owns elements and the record of their files; not how their pictures are made or where
 * bytes lie. Invariant: one task makes at most one element, and an element is never changed by what happens to its task.
 */
export { createElementId } from './create-element-id.ts';
export { elementFileNotFound, elementNotFound, elementNotUsable } from './errors.ts';
export { presentElement, presentElementResult } from './present-element.ts';
export {
  countElements,
  deleteElement,
  findElement,
  findElementFile,
  findElements,
  forgetDeletedFiles,
  insertElement,
  listDeletedElementIds,
  listElements,
  listElementsAfter,
  listKnownStorageKeys,
  listSomeElementFiles,
  type NewElement,
  type NewElementFile,
} from './queries.ts';
export type { Element } from './tables.ts';
