import type { ClipRules, Model } from './model.ts';
import type { VideoRequest } from './requests.ts';

/** What the video given with `request` must be, by everything that `model` demands of it; undefined when it takes none. */
export function chooseClipRules(
  model: Model,
  request: Pick<VideoRequest, 'character_orientation'>,
): ClipRules | undefined {
  if (model.clipRules === undefined) return undefined;
  return { ...model.clipRules, ...model.narrowClip?.(request) };
}
