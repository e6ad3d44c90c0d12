import { Type } from 'typebox';
import { acceptCastBesideVideo, limitImagesAndElements } from '../checks/check-elements.ts';
import { o3ClipRules } from '../clip-rules.ts';
import {
  aspectRatioOf,
  duration,
  elementList,
  imageStart,
  images,
  keepSound,
  quality,
  requiredPrompt,
  shotFields,
  video,
  watermarkInfo,
} from '../fields/video-fields.ts';
import { defineVideoModel } from './define-video-model.ts';
import { minimumSeconds, o3WithVideoMultipliers } from './video-prices.ts';

const id = 'kling-o3-reference-to-video';

/** Told one by one the shots would contradict the cuts of the given video. */
const { multi_prompt: _, ...intelligentShots } = shotFields(['intelligence']);

export const klingO3ReferenceToVideo = defineVideoModel({
  id,
  title: 'Kling O3 Reference to Video',
  description: 'Makes a new video in the manner of a given one: its motion, camera and style. Makes no sound.',
  created: 1_771_063_555,
  fields: {
    prompt: requiredPrompt,
    // Not in the contract's list of required fields, but the model is nothing without it; so in video edit.
    video_url: video(
      'The video to follow. MP4 or MOV, at most 200 MB, at least 3 s, each side 720 to 2160 px, 24 to 60 frames a second.',
    ),
    keep_original_sound: keepSound,
    image_start: Type.Optional(imageStart),
    image_urls: Type.Optional(images('At most 4 images and elements together.', { maxItems: 4 })),
    duration: duration(3, 10),
    aspect_ratio: aspectRatioOf('that of the first frame, else of the given video'),
    quality,
  },
  params: {
    ...intelligentShots,
    element_list: elementList(
      4,
      'Elements made with `image_refer`, or a single one made with `video_refer` and no image; at most 4 images and elements together.',
    ),
    watermark_info: watermarkInfo,
  },
  rules: [limitImagesAndElements(4)],
  checkCast: acceptCastBesideVideo(id),
  clipRules: o3ClipRules,
  examples: {
    reference: {
      summary: 'In the manner of a video',
      value: {
        model: id,
        prompt: 'The same walk, through deep snow',
        video_url: 'https://example.com/walk.mp4',
        duration: 5,
        aspect_ratio: '16:9',
        quality: '720p',
      },
    },
    element: {
      summary: 'With an element and a reference image, without the original sound',
      value: {
        model: id,
        prompt: '<<<element_1>>> moves as in <<<video_1>>>, painted like <<<image_1>>>',
        video_url: 'https://example.com/walk.mp4',
        keep_original_sound: false,
        image_urls: ['https://example.com/painting.jpg'],
        duration: 8,
        quality: '1080p',
        model_params: { element_list: [{ element_id: '4810293847561029' }] },
      },
    },
  },
  estimatedSeconds: 300,
  price: {
    billing_rule: 'per_second',
    setting: 'priceKlingO3WithVideo',
    multipliers: o3WithVideoMultipliers,
    minimumSeconds,
  },
});
