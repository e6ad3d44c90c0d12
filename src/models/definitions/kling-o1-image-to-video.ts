import { aspectRatioOf, durationOf5Or10, images, requiredPrompt } from '../fields/video-fields.ts';
import { defineVideoModel } from './define-video-model.ts';
import { minimumSeconds, o1Multipliers } from './video-prices.ts';

const id = 'kling-o1-image-to-video';

export const klingO1ImageToVideo = defineVideoModel({
  id,
  title: 'Kling O1 Image to Video',
  description: 'Makes a silent video of 5 or 10 s from a first frame, or a first and a last one. Takes no elements.',
  // 2025-12-01, when the vendor published it; so the other O1 models.
  created: 1_764_547_200,
  fields: {
    prompt: requiredPrompt,
    image_urls: images('The first frame, then the last one if there is one.', { minItems: 1, maxItems: 2 }),
    aspect_ratio: aspectRatioOf('that of the first frame'),
    duration: durationOf5Or10,
  },
  params: {},
  rules: [],
  imageRoles: ['image_start', 'image_end'],
  examples: {
    first_frame: {
      summary: 'From a first frame',
      value: { model: id, prompt: 'The fox lifts its head', image_urls: ['https://example.com/fox.jpg'], duration: 5 },
    },
    frames: {
      summary: 'From a first to a last frame',
      value: {
        model: id,
        prompt: 'The market fills with people',
        image_urls: ['https://example.com/morning.jpg', 'https://example.com/noon.jpg'],
        duration: 10,
      },
    },
  },
  estimatedSeconds: 300,
  price: { billing_rule: 'per_second', setting: 'priceKlingO1', multipliers: o1Multipliers, minimumSeconds },
});
