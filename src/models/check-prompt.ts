import { hasVisible } from '../lib/text-kinds.ts';
import { refuse } from './errors.ts';
import type { VideoRule } from './video-body.ts';

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
