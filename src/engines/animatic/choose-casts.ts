import type { ReadPrompt } from './read-prompt.ts';

/**
 * Whom each shot shows, as indices of the elements: those it names; with an English pronoun instead those whom the
 * last shot showed, but for `they` and `both` all so far where that was one alone; nobody otherwise. Everybody, where there
 * is one shot or none names anybody.
 */
export function chooseCasts(said: readonly ReadPrompt[], elementCount: number): number[][] {
  const everybody = Array.from({ length: elementCount }, (_, at) => at);
  if (said.length === 1 || said.every(({ cast }) => cast.length === 0)) {
    return said.map(({ cast }) => [...new Set([...cast, ...everybody])]);
  }
  const casts: number[][] = [];
  for (const { text, cast } of said) {
    const before = casts.findLast((shown) => shown.length > 0) ?? [];
    if (cast.length > 0) casts.push(cast);
    else if (several.test(text) && before.length < 2) casts.push([...new Set(casts.flat())]);
    else casts.push(several.test(text) || one.test(text) ? before : []);
  }
  return casts;
}

const several = /\b(they|them|their|both)\b/i;
/** Not the `it` of the weather and of the time of day. */
const one = /\b(he|him|his|she|her|its?)\b(?!['’]s| is| was| rains| snows)/i;
