import { Type } from 'typebox';
import { limitElementsWithFirstFrame, limitImagesAndElements } from '../checks/check-elements.ts';
import {
  aspectRatioOf,
  duration,
  elementList,
  imageEnd,
  imageStart,
  images,
  promptUnlessShots,
  quality,
  shotFields,
  sound,
  watermarkInfo,
} from '../fields/video-fields.ts';
import { defineVideoModel } from './define-video-model.ts';
import { minimumSeconds, o3Multipliers } from './video-prices.ts';
import { checkLastFrame, requirePicture, requirePromptOrShots } from './video-rules.ts';

const id = 'kling-o3-image-to-video';

export const klingO3ImageToVideo = defineVideoModel({
  id,
  title: 'Kling O3 Image to Video',
  description: 'Makes a video from a first frame, a first and a last frame, or reference images, with elements.',
  created: 1_771_063_555,
  fields: {
    prompt: promptUnlessShots,
    image_start: Type.Optional(imageStart),
    image_end: imageEnd,
    image_urls: Type.Optional(
      images(
        'Reference images: scene, style, things. At most 7 images and elements together, none beside `image_end`.',
        {
          maxItems: 7,
        },
      ),
    ),
    duration: duration(3, 15),
    aspect_ratio: aspectRatioOf('that of the first frame, else 16:9'),
    quality,
    sound,
  },
  params: {
    ...shotFields(['customize']),
    element_list: elementList(7, 'At most 3 elements with `image_start`; at most 7 images and elements together.'),
    watermark_info: watermarkInfo,
  },
  rules: [
    requirePicture,
    requirePromptOrShots,
    checkLastFrame,
    limitElementsWithFirstFrame(3),
    limitImagesAndElements(7),
  ],
  examples: {
    first_frame: {
      summary: 'From a first frame',
      value: {
        model: id,
        prompt: 'She looks out of the window and begins to smile',
        image_start: 'https://example.com/window.jpg',
        duration: 5,
        quality: '720p',
      },
    },
    frames: {
      summary: 'From a first to a last frame, with sound',
      value: {
        model: id,
        prompt: 'The market fills with people',
        image_start: 'https://example.com/morning.jpg',
        image_end: 'https://example.com/noon.jpg',
        duration: 10,
        quality: '1080p',
        sound: 'on',
      },
    },
    element: {
      summary: 'An element in the scene of a reference image',
      value: {
        model: id,
        prompt: '<<<element_1>>> crosses the courtyard of <<<image_1>>>',
        image_urls: ['https://example.com/courtyard.jpg'],
        duration: 8,
        aspect_ratio: '16:9',
        quality: '1080p',
        model_params: { element_list: [{ element_id: '4810293847561029' }] },
      },
    },
    shots: {
      summary: 'Two shots from a first frame and a reference image',
      value: {
        model: id,
        image_start: 'https://example.com/window.jpg',
        image_urls: ['https://example.com/courtyard.jpg'],
        duration: 10,
        model_params: {
          multi_shot: true,
          shot_type: 'customize',
          multi_prompt: [
            { index: 1, prompt: 'The woman of <<<image_1>>> puts her book away', duration: '4' },
            { index: 2, prompt: 'She walks through <<<image_2>>>', duration: '6' },
          ],
        },
      },
    },
  },
  estimatedSeconds: 300,
  price: { billing_rule: 'per_second', setting: 'priceKlingO3', multipliers: o3Multipliers, minimumSeconds },
});
