import { type Invalid, joinPath } from './describe-invalid.ts';

/**
 * The first text with the character U+0000 in a value of JSON, or null. PostgreSQL takes it in no text, so that nothing here can be called
 * so. By recursion: for what has passed the limits of shape.
 */
export function checkNul(value: unknown, param = ''): Invalid | null {
  if (typeof value === 'string') {
    return value.includes('\0')
      ? { param, message: `${param}: holds the character U+0000, which nothing here has` }
      : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, child] of Object.entries(value)) {
    const found = checkNul(child, joinPath(param, Array.isArray(value) ? Number(key) : key));
    if (found !== null) return found;
  }
  return null;
}
