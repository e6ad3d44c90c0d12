import {
  findImage,
  type Translation,
  writeDuration,
  writeElements,
  writeMode,
  writePrompt,
  writeSwitch,
  writeWatermark,
  writeYesNo,
} from './translation.ts';

/**
 * The body of `POST /v1/videos/omni-video` for the O3 and O1 models. A given video is a reference (`feature`) of
 * reference-to-video and the thing to be changed (`base`) of video-edit; with either no sound can be made.
 */
export function translateOmni(translation: Translation): Record<string, unknown> {
  const { spec } = translation;
  const isEdit = spec.model.endsWith('-video-edit');
  return {
    model_name: spec.model.startsWith('kling-o1-') ? 'kling-video-o1' : 'kling-v3-omni',
    ...writePrompt(spec),
    ...writeImages(translation),
    ...writeElements(translation),
    ...writeVideo(translation, isEdit),
    sound: writeSwitch(spec.sound && translation.videoUrl === undefined),
    mode: writeMode(spec),
    ...(isEdit ? {} : writeAspectRatio(translation)),
    ...(isEdit ? {} : writeDuration(spec)),
    ...writeWatermark(spec),
  };
}

const frameTypes: Readonly<Record<string, string>> = { image_start: 'first_frame', image_end: 'end_frame' };

function writeImages({ images }: Translation): Record<string, unknown> {
  if (images.length === 0) return {};
  const image_list = images.map(({ role, base64: image_url }) => {
    const type = frameTypes[role];
    return type === undefined ? { image_url } : { image_url, type };
  });
  return { image_list };
}

function writeVideo({ videoUrl, spec }: Translation, isEdit: boolean): Record<string, unknown> {
  if (videoUrl === undefined) return {};
  const refer_type = isEdit ? 'base' : 'feature';
  const keep_original_sound = writeYesNo(spec.keep_original_sound ?? true);
  return { video_list: [{ video_url: videoUrl, refer_type, keep_original_sound }] };
}

/** The upstream wants one wherever no first frame gives it, and takes none where one does. */
function writeAspectRatio(translation: Translation): Record<string, unknown> {
  if (findImage(translation, 'image_start') !== undefined) return {};
  return { aspect_ratio: translation.spec.aspect_ratio ?? translation.nearestAspectRatio };
}
