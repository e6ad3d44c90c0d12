const keyPattern = /^(?!\.)[\w.-]+(\/(?!\.)[\w.-]+)*$/;

/** Throws for what is no storage key: at most 512 letters, digits, `.`, `_` and `-` in parts that begin with none of the dots. */
export function checkKey(key: string): void {
  if (key.length > 512 || !keyPattern.test(key)) throw new Error(`'${key}' is not a storage key`);
}
