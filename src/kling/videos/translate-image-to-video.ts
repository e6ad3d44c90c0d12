import {
  findImage,
  type Translation,
  writeDuration,
  writeElements,
  writeMode,
  writeNegativePrompt,
  writePrompt,
  writeSwitch,
  writeWatermark,
} from './translation.ts';

/** The body of `POST /v1/videos/image2video` for `kling-v3-image-to-video`. Its ratio is that of the first frame. */
export function translateImageToVideo(translation: Translation): Record<string, unknown> {
  const { spec } = translation;
  const tail = findImage(translation, 'image_end');
  return {
    model_name: 'kling-v3',
    image: findImage(translation, 'image_start'),
    ...(tail === undefined ? {} : { image_tail: tail }),
    ...writePrompt(spec),
    ...writeNegativePrompt(spec),
    ...writeElements(translation),
    sound: writeSwitch(spec.sound),
    mode: writeMode(spec),
    ...writeDuration(spec),
    ...writeWatermark(spec),
  };
}
