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
export function translateTextToVideo({ spec }: Translation): Record<string, unknown> {
  return {
    model_name: 'kling-v3',
    ...writePrompt(spec),
    ...writeNegativePrompt(spec),
    sound: writeSwitch(spec.sound),
    mode: writeMode(spec),
    aspect_ratio: spec.aspect_ratio ?? '16:9',
    ...writeDuration(spec),
    ...writeWatermark(spec),
  };
}
