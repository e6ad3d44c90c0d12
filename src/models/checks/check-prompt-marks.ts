import { countThings, showValue } from '../../lib/show-value.ts';
import { refuse } from '../errors.ts';
import type { VideoRequest } from '../fields/requests.ts';

/** What may be meant as a mark: brackets, and what follows up to the next one, closed or not. */
const likeMark = /(<+)([^<>]{0,60})(>*)/g;
const mark = /^(element|image|video)_([1-9][0-9]{0,2})$/;

/**
 * Checks each `<<<element_N>>>`, `<<<image_N>>>` and `<<<video_N>>>` of `texts` against what `request` was given. Refuses
 * one that names more than there is, and what is meant as a mark and isn't one. Throws `invalid_request` with its `param`.
 */
export function checkPromptMarks(
  request: Pick<VideoRequest, 'elements' | 'sources'>,
  texts: readonly { param: string; prompt: string }[],
): void {
  const videos = request.sources.filter(({ role }) => role === 'reference_video').length;
  const counts = {
    element: request.elements.length,
    image: request.sources.length - videos,
    video: videos,
  };
  for (const { param, prompt } of texts) {
    for (const [found, start = '', name = '', end = ''] of prompt.matchAll(likeMark)) {
      if (!isMeant(start, name, end)) continue;
      const [, kind, number] = mark.exec(name) ?? [];
      if (kind === undefined || !start.endsWith('<<<') || !end.startsWith('>>>')) {
        throw refuse(
          param,
          `${showValue(found)} is no mark; marks are like <<<element_1>>>, <<<image_1>>>, <<<video_1>>>`,
        );
      }
      const count = counts[kind as keyof typeof counts];
      if (Number(number) > count)
        throw refuse(param, `<<<${name}>>> names more than was given: ${countThings(count, kind)}`);
    }
  }
}

/** Brackets are a matter of taste in a prompt unless three of them close, or they hold what only a mark would. */
function isMeant(start: string, name: string, end: string): boolean {
  if (start.length < 3) return mark.test(name) && end !== '';
  return end.startsWith('>>>') || /^\s*(element|image|video)/i.test(name);
}
