/** Names at most, and bytes of the whole value at most: a header block has 16 KiB in Node's own clients. */
const namesMax = 20;
const bytesMax = 1024;

/** Room for `, +<count> more`. */
const moreBytes = 24;

/**
 * Paths as the value of a response header: comma-separated, everything but letters, digits and `._-[]` percent-encoded
 * as UTF-8, so that no path can add a line or a header. At most 20 names and 1024 bytes; the rest is counted, as in
 * `a, b, +3 more`. The empty text for no paths.
 */
export function encodeFieldList(paths: readonly string[]): string {
  const names: string[] = [];
  let bytes = 0;
  for (const path of paths) {
    // One code unit becomes at most 9 bytes, so a path longer than the cap can't fit and isn't worth encoding.
    const name = path.length > bytesMax ? '' : encodePath(path);
    bytes += name.length + 2;
    if (name === '' || names.length >= namesMax || bytes + moreBytes > bytesMax) break;
    names.push(name);
  }
  const more = paths.length - names.length;
  return [...names, ...(more > 0 ? [`+${more} more`] : [])].join(', ');
}

function encodePath(path: string): string {
  return encodeURIComponent(path.toWellFormed())
    .replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%5B/g, '[')
    .replace(/%5D/g, ']');
}
