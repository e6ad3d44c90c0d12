import {
  type Translation,
  writeDuration,
  writeMode,
  writeNegativePrompt,
  writePrompt,
  writeSwitch,
  writeWatermark,
} from './translation.ts';

/** The body of `POST /v1/videos/text2video` for `kling-v3-text-to-video`, which knows no elements. */
export function translateTextToVideo({ wish }: Translation): Record<string, unknown> {
  return {
    model_name: 'kling-v3',
    ...writePrompt(wish),
    ...writeNegativePrompt(wish),
    sound: writeSwitch(wish.sound),
    mode: writeMode(wish),
    aspect_ratio: wish.aspect_ratio ?? '16:9',
    ...writeDuration(wish),
    ...writeWatermark(wish),
  };
}
