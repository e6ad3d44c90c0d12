import { countThings } from '../../lib/show-value.ts';
import { hasVisible } from '../../lib/text-kinds.ts';
import { refuse } from '../errors.ts';
import type { VideoRule } from '../fields/video-body.ts';

/** A video from images needs one, or an element in their place: without any the model would invent all that is seen. */
export const requirePicture: VideoRule = ({ sources, elements }) => {
  if (sources.length > 0 || elements.length > 0) return;
  throw refuse('image_start', 'is required unless image_urls or model_params.element_list says what is to be seen');
};

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

/** A story to cut into shots, where `shot_type` asks for that; else the first frame tells enough. */
export const requireStory: VideoRule = ({ prompt, shot_type }) => {
  if (shot_type !== 'intelligence' || hasVisible(prompt)) return;
  throw refuse('prompt', 'is required with model_params.shot_type intelligence, which cuts its story into shots');
};

/** A prompt, unless the shots tell all. */
export const requirePromptOrShots: VideoRule = ({ prompt, shots }, body) => {
  if (shots.length > 0 || hasVisible(prompt)) return;
  const measured = body.prompt === undefined ? 'is required' : 'is blank, must hold at least one visible character';
  throw refuse('prompt', `${measured} unless model_params.shot_type customize with multi_shot tells the shots`);
};
