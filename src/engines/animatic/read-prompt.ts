import { findMentions } from './find-mentions.ts';

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
  const images: number[] = [];
  const text = prompt.replace(marks, (mark, kind: string, digits: string) => {
    const at = Number(digits) - 1;
    if (kind === 'image' && imageLabels[at] !== undefined) images.push(at);
    if (kind === 'video') return 'the video';
    return (kind === 'element' ? names[at] : imageLabels[at]) ?? mark;
  });
  const cast = findMentions(prompt, names).map(({ at }) => at);
  return { text: text.trim(), cast: [...new Set(cast)], images: [...new Set(images)] };
}

const marks = /<<<(element|image|video)_(\d+)>>>/g;
