import { type Translation, writeElements, writeMode, writeWatermark, writeYesNo } from './translation.ts';

/**
 * The body of `POST /v1/videos/motion-control` for `kling-v3-motion-control`: the subject of one image moves as the given
 * video does. Fields after the vendor's page of that endpoint (March 2026; its successor has the same under other names).
 */
export function translateMotionControl(translation: Translation): Record<string, unknown> {
  const { spec, images, videoUrl } = translation;
  return {
    model_name: 'kling-v3',
    ...(spec.prompt === '' ? {} : { prompt: spec.prompt }),
    image_url: images[0]?.base64,
    video_url: videoUrl,
    ...writeElements(translation),
    keep_original_sound: writeYesNo(spec.keep_original_sound ?? true),
    character_orientation: spec.character_orientation ?? 'video',
    mode: writeMode(spec),
    ...writeWatermark(spec),
  };
}
