import { countThings } from '../lib/show-value.ts';
import { refuse } from './errors.ts';
import type { VideoRule } from './video-body.ts';

/** A last frame needs a first one, and no third image beside them. */
export const checkLastFrame: VideoRule = ({ sources }) => {
  if (!sources.some(({ role }) => role === 'image_end')) return;
  if (!sources.some(({ role }) => role === 'image_start')) {
    throw refuse('image_end', 'is given without image_start, a last frame needs a first frame');
  }
  if (sources.length > 2) {
    throw refuse(
      'image_end',
      `is given with ${countThings(sources.length, 'image')} in all, at most 2 are allowed then`,
    );
  }
};
