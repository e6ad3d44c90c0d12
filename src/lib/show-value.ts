/** Longest piece of a caller's text that a message repeats, in code points. */
const shownMax = 40;

/** Texts are judged by their beginning, so that a picture of 13 million characters costs no more than a word. */
const inspectedMax = 200;

/**
 * A caller's value as a message may repeat it: short, on one line, in quotes when it is text. What may be a secret or a
 * blob is named by kind and size only: query strings (signatures), long unbroken runs of letters and digits (keys,
 * base64) and data URLs. Arrays and objects are named by kind.
 */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return showText(value);
  if (Array.isArray(value)) return `an array (${countThings(value.length, 'item')})`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** Kind and, where short, value: `a number (12)`, `null`, `an array (3 items)`, `text ('abc')`. */
export function showKind(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return value === '' ? 'an empty text' : `text (${showText(value)})`;
  if (typeof value === 'number' || typeof value === 'boolean') return `a ${typeof value} (${value})`;
  return showValue(value);
}

/** `1 item`, `4 items`. */
export function countThings(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function showText(text: string): string {
  const start = text.slice(0, inspectedMax);
  const size = countThings(text.length, 'character');
  if (/^\s*data:/i.test(start)) return `a data URL of ${size}`;
  const origin = /^\s*([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#@]*@)?([^/?#\\\s@]*)/i.exec(start);
  if (origin) return `'${escapeText(cut(`${origin[1]}${origin[2]}/`))}…'`;
  if (/[A-Za-z0-9+/_=-]{32,}/.test(start) || start.includes('://')) return `a text of ${size}`;
  return `'${escapeText(cut(text))}'`;
}

function cut(text: string): string {
  const points = Array.from(text.slice(0, 2 * shownMax + 2));
  return points.length > shownMax ? `${points.slice(0, shownMax).join('')}…` : points.join('');
}

/** Control characters, direction marks and halves of surrogate pairs become visible, so no message can be reshaped. */
function escapeText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) => {
    if (character === '\u200d') return character;
    return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
  });
}
