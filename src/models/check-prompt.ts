import { refuse } from './errors.ts';
import type { VideoRule } from './video-body.ts';

/** A prompt, unless the shots tell all. */
export const requirePromptOrShots: VideoRule = ({ prompt, shots }, body) => {
  if (shots.length > 0 || /\S/.test(prompt)) return;
  const measured = body.prompt === undefined ? 'is required' : 'is blank, must hold at least one visible character';
  throw refuse('prompt', `${measured} unless model_params.shot_type customize with multi_shot tells the shots`);
};
