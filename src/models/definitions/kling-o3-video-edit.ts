import { Type } from 'typebox';
import { acceptCastBesideVideo, limitImagesAndElements } from '../checks/check-elements.ts';
import { o3ClipRules } from '../clip-rules.ts';
import {
  elementList,
  images,
  keepSound,
  optionalPrompt,
  qualityTo1080p,
  video,
  watermarkInfo,
} from '../fields/video-fields.ts';
import { defineVideoModel } from './define-video-model.ts';
import { minimumSeconds, silentMultipliers } from './video-prices.ts';

const id = 'kling-o3-video-edit';

/** O3 gives at most 10 s back for a given video. */
const outputSecondsMax = 10;

export const klingO3VideoEdit = defineVideoModel({
  id,
  title: 'Kling O3 Video Edit',
  description:
    'Changes a given video: its look, its place, or who is in it. Length and aspect ratio stay; makes no sound. Charged by ' +
    'the length of what was made.',
  created: 1_771_063_555,
  fields: {
    prompt: optionalPrompt,
    video_url: video(
      'The video to change. MP4 or MOV, at most 200 MB, 3 to 10 s, each side 720 to 2160 px, 24 to 60 frames a second.',
    ),
    keep_original_sound: keepSound,
    image_urls: Type.Optional(images('At most 4 images and elements together.', { maxItems: 4 })),
    quality: qualityTo1080p,
  },
  params: {
    element_list: elementList(
      4,
      'Elements made with `image_refer`, or a single one made with `video_refer` and no image; at most 4 images and elements together.',
    ),
    watermark_info: watermarkInfo,
  },
  rules: [limitImagesAndElements(4)],
  checkCast: acceptCastBesideVideo(id),
  // The contract names no longest input, but a longer one could not keep its length.
  clipRules: { ...o3ClipRules, durationMaxSeconds: outputSecondsMax },
  examples: {
    edit: {
      summary: 'Another mood',
      value: {
        model: id,
        prompt: 'Make it a winter evening with lit windows',
        video_url: 'https://example.com/street.mp4',
        quality: '720p',
      },
    },
    element: {
      summary: 'Another person, without the original sound',
      value: {
        model: id,
        prompt: 'Put <<<element_1>>> in place of the person in <<<video_1>>>',
        video_url: 'https://example.com/street.mp4',
        keep_original_sound: false,
        quality: '1080p',
        model_params: { element_list: [{ element_id: '4810293847561029' }] },
      },
    },
  },
  estimatedSeconds: 300,
  price: {
    billing_rule: 'per_second',
    setting: 'priceKlingO3WithVideo',
    multipliers: silentMultipliers,
    minimumSeconds,
    outputSecondsMax: () => outputSecondsMax,
  },
});
