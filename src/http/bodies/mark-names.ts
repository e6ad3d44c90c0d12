/** A character, and what the prompt may call it. */
export interface NamedCharacter {
  /** Place in `characters`, from 1. */
  place: number;
  name: string;
}

/**
 * The prompt with `<<<element_N>>>` wherever it names a character: `@name`, also without the blanks of the name or with `_`
 * or `-` in their place, or the name alone as whole words; in any case. The longest name goes first, so that Anna is no Ann.
 */
export function markNames(prompt: string, characters: readonly NamedCharacter[]): string {
  const longestFirst = [...characters].sort((one, other) => other.name.length - one.name.length);
  const patterns = longestFirst.map(({ name }) => writePattern(name));
  if (patterns.length === 0) return prompt;
  const any = new RegExp(patterns.map((pattern) => `(${pattern})`).join('|'), 'giu');
  return prompt.replace(any, (_found, ...groups) => {
    const at = groups.slice(0, patterns.length).findIndex((group) => group !== undefined);
    return `<<<element_${longestFirst[at]?.place}>>>`;
  });
}

/** What ends a word in a script that writes blanks between words; the others have no such end. */
const spaced = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{N}]/u;

function writePattern(name: string): string {
  const words = name.trim().split(/\s+/).map(toPattern);
  const first = [...name.trim()][0] ?? '';
  const last = [...name.trim()].at(-1) ?? '';
  const before = spaced.test(first) ? '(?<![\\p{L}\\p{N}_<])' : '';
  const after = spaced.test(last) ? '(?![\\p{L}\\p{N}_>])' : '';
  return `@${words.join('[\\s_-]?')}${after}|${before}${words.join('\\s+')}${after}`;
}

const toPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
