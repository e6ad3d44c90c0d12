import { engineNotAvailable } from '../errors.ts';
import type { ImagePrecheck } from '../video-engine.ts';

/** What nobody sees in the pictures that were given: a drawing of it would be a lie. */
const unseen: readonly string[] = ['kling-image-angles'];

/**
 * Refuses what can't be drawn: whatever else a model takes can be. Throws 404 `engine_not_available` for the further views of a subject,
 * which only the Kling API makes.
 */
export function checkImages({ spec }: Pick<ImagePrecheck, 'spec'>): void {
  if (unseen.includes(spec.model)) throw engineNotAvailable('kling');
}
