/** A prompt as people read it, and what it speaks of. */
export interface ReadPrompt {
  /** Keypoints replaced by words. */
  text: string;
  /** Indices (from 0) of the elements and images it names, in the order of their first mention. */
  cast: number[];
  images: number[];
}

/**
 * Replaces `<<<element_1>>>` by the element's name, `<<<image_1>>>` and `<<<video_1>>>` by readable words. An element is
 * also spoken of where its name stands in the text as a word of its own.
 */
export function readPrompt(prompt: string, names: readonly string[], imageLabels: readonly string[]): ReadPrompt {
  const cast: { at: number; place: number }[] = [];
  const images: { at: number; place: number }[] = [];
  const text = prompt.replace(marks, (mark, kind: string, digits: string, place: number) => {
    const at = Number(digits) - 1;
    if (kind === 'element' && names[at] !== undefined) cast.push({ at, place });
    if (kind === 'image' && imageLabels[at] !== undefined) images.push({ at, place });
    if (kind === 'video') return 'the video';
    return (kind === 'element' ? names[at] : imageLabels[at]) ?? mark;
  });
  for (const [at, name] of names.entries()) {
    const place = findWord(prompt, name);
    if (place !== -1) cast.push({ at, place });
  }
  return { text: text.trim(), cast: inOrder(cast), images: inOrder(images) };
}

const marks = /<<<(element|image|video)_(\d+)>>>/g;

function findWord(text: string, name: string): number {
  const word = name.trim();
  if (word.length < 2) return -1;
  const escaped = word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return text.search(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu'));
}

function inOrder(found: readonly { at: number; place: number }[]): number[] {
  const sorted = found.toSorted((one, other) => one.place - other.place);
  return [...new Set(sorted.map(({ at }) => at))];
}
