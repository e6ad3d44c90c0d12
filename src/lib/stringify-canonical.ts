/**
 * One text for every spelling of the same JSON value: keys in one order at every depth, numbers and texts as JavaScript
 * writes them (`5` for `5.0`, no escape that isn't needed). For values from `JSON.parse`, as deep as a request may be.
 */
export function stringifyCanonical(value: unknown): string {
  return JSON.stringify(value, (_, member) => (isPlainObject(member) ? sortKeys(member) : member));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortKeys(object: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(object);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
