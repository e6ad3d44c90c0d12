/** Where a prompt speaks of an element. */
export interface Mention {
  /** Index of the element. */
  at: number;
  /** Of its first letter, and behind its last, in the prompt. */
  place: number;
  end: number;
}

/** Every mention of an element in a prompt, in their order: by its mark `<<<element_1>>>`, or by its name as a word of its own. */
export function findMentions(prompt: string, names: readonly string[]): Mention[] {
  const marked = [...prompt.matchAll(marks)].map((match) => ({ ...spanOf(match), at: Number(match[1]) - 1 }));
  // Of an element that is called `element`, too.
  const isInMark = (span: { place: number }) =>
    marked.some(({ place, end }) => span.place >= place && span.place < end);
  const named = names
    .flatMap((name, at) => findWords(prompt, name).map((span) => ({ ...span, at })))
    .filter((span) => !isInMark(span));
  return [...marked.filter(({ at }) => names[at] !== undefined), ...named].toSorted(
    (one, other) => one.place - other.place,
  );
}

const marks = /<<<element_(\d+)>>>/g;

function findWords(text: string, name: string) {
  const word = name.trim();
  if (word.length < 2) return [];
  const escaped = word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return [...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu'))].map(spanOf);
}

function spanOf({ index, 0: found }: RegExpExecArray) {
  return { place: index, end: index + found.length };
}
