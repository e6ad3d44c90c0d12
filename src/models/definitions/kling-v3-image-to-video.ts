import {
  duration,
  elementList,
  imageEnd,
  imageStart,
  negativePrompt,
  optionalPrompt,
  quality,
  shotFields,
  sound,
  watermarkInfo,
} from '../fields/video-fields.ts';
import { defineVideoModel } from './define-video-model.ts';
import { minimumSeconds, v3Multipliers } from './video-prices.ts';
import { requireStory } from './video-rules.ts';

const id = 'kling-v3-image-to-video';

export const klingV3ImageToVideo = defineVideoModel({
  id,
  title: 'Kling V3 Image to Video',
  description: 'Makes a video from a first frame, or a first and a last one, with up to 3 elements.',
  created: 1_771_063_555,
  fields: {
    prompt: optionalPrompt,
    negative_prompt: negativePrompt,
    image_start: imageStart,
    image_end: imageEnd,
    duration: duration(3, 15),
    quality,
    sound,
  },
  params: {
    ...shotFields(['customize', 'intelligence']),
    element_list: elementList(3, 'At most 3 elements.'),
    watermark_info: watermarkInfo,
  },
  rules: [requireStory],
  examples: {
    element: {
      summary: 'An element in the scene of the first frame',
      value: {
        model: id,
        prompt: '<<<element_1>>> sits down on the bench',
        image_start: 'https://example.com/bench.jpg',
        duration: 5,
        quality: '720p',
        model_params: { element_list: [{ element_id: '4810293847561029' }] },
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
  },
  estimatedSeconds: 300,
  price: { billing_rule: 'per_second', setting: 'priceKlingV3', multipliers: v3Multipliers, minimumSeconds },
});
