import { refuse } from '../errors.ts';
import type { VideoRequest } from '../fields/requests.ts';
import type { VideoBody, VideoParams } from '../fields/video-body.ts';
import { defaultDurationSeconds } from '../fields/video-fields.ts';

/** The shots of a video in their order, with the path that each prompt was sent in. */
export interface ShotPlan {
  shots: { param: string; prompt: string; duration_seconds: number }[];
  shot_type?: NonNullable<VideoRequest['shot_type']>;
  /** Paths of what has no effect beside the rest. */
  ignoredFields: string[];
}

const at = 'model_params';

/**
 * What `multi_shot`, `shot_type` and `multi_prompt` say together. Throws `invalid_request` when they contradict each
 * other, when the indexes aren't 1 to n, or when the durations don't add up to the length of the video.
 */
export function parseShots(body: VideoBody): ShotPlan {
  const params = body.model_params ?? {};
  if (params.multi_shot !== true) return { shots: [], ignoredFields: listShotFields(params) };
  if (params.shot_type === undefined) throw refuse(`${at}.shot_type`, 'is required with multi_shot');
  if (params.shot_type === 'intelligence') {
    const ignoredFields = listShotFields({ ...params, shot_type: undefined });
    return { shots: [], shot_type: 'intelligence', ignoredFields };
  }
  if (!params.multi_prompt?.length) {
    throw refuse(
      `${at}.multi_prompt`,
      `${params.multi_prompt ? '0 items, 1 to 6 are allowed' : 'is required'} with customize`,
    );
  }
  const shots = sortShots(params.multi_prompt);
  checkSum(shots, body.duration);
  return { shots, shot_type: 'customize', ignoredFields: body.prompt ? ['prompt'] : [] };
}

function listShotFields(params: { shot_type?: unknown; multi_prompt?: readonly unknown[] }): string[] {
  return [
    ...(params.shot_type === undefined ? [] : [`${at}.shot_type`]),
    ...(params.multi_prompt?.length ? [`${at}.multi_prompt`] : []),
  ];
}

function sortShots(sent: NonNullable<VideoParams['multi_prompt']>): ShotPlan['shots'] {
  const shots: ShotPlan['shots'] = [];
  for (const [place, { index, prompt, duration }] of sent.entries()) {
    const param = `${at}.multi_prompt[${place}]`;
    if (index > sent.length)
      throw refuse(`${param}.index`, `is ${index}, must be at most ${sent.length}, the number of shots`);
    if (shots[index - 1] !== undefined) throw refuse(`${param}.index`, `is ${index}, which another shot has too`);
    shots[index - 1] = { param: `${param}.prompt`, prompt, duration_seconds: Number(duration) };
  }
  return shots;
}

function checkSum(shots: ShotPlan['shots'], durationSeconds: number | undefined): void {
  const sum = shots.reduce((total, { duration_seconds }) => total + duration_seconds, 0);
  const whole = durationSeconds ?? defaultDurationSeconds;
  if (sum === whole) return;
  const rule =
    durationSeconds === undefined ? `duration, which is ${whole} s when it is not given` : `duration (${whole} s)`;
  throw refuse(`${at}.multi_prompt`, `durations add up to ${sum} s, must add up to ${rule}`);
}
