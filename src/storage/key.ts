const keyPattern = /^(?!\.)[\w.-]+(\/(?!\.)[\w.-]+)*$/;

/**
 * Throws for what is no storage key: at most 512 letters, digits, `.`, `_` and `-` in parts between slashes,
 * none of which begins with a dot.
 */
export function checkKey(key: string): void {
  if (!isStorageKey(key)) throw new Error(`'${key}' is not a storage key`);
}

/** Whether a text is a storage key. */
export function isStorageKey(key: string): boolean {
  return key.length <= 512 && keyPattern.test(key);
}
