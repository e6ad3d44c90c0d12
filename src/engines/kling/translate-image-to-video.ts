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
  const { wish } = translation;
  const tail = findImage(translation, 'image_end');
  return {
    model_name: 'kling-v3',
    image: findImage(translation, 'image_start'),
    ...(tail === undefined ? {} : { image_tail: tail }),
    ...writePrompt(wish),
    ...writeNegativePrompt(wish),
    ...writeElements(translation),
    sound: writeSwitch(wish.sound),
    mode: writeMode(wish),
    ...writeDuration(wish),
    ...writeWatermark(wish),
  };
}
