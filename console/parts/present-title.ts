/** Code points that the API tells of a prompt in a list. */
const toldMax = 80;

/** What a task is about, for people: with its marks as words, and a sign where it was cut off. */
export function presentTitle(title: string): string {
  const isCut = [...title].length === toldMax;
  return `${presentMarks(title)}${isCut ? '…' : ''}`;
}

/** A prompt with the marks of what was given as words: `<<<element_1>>>` as `Element 1`. */
export function presentMarks(prompt: string): string {
  return prompt.replace(
    /<<<(element|image|video)_(\d+)>>>/g,
    (_, kind: string, digits: string) => `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${digits}`,
  );
}
