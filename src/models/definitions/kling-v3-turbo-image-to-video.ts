import { duration, imageStart, optionalPrompt, qualityTo1080p } from '../fields/video-fields.ts';
import { defineVideoModel } from './define-video-model.ts';
import { minimumSeconds, turboMultipliers } from './video-prices.ts';

const id = 'kling-v3-turbo-image-to-video';

export const klingV3TurboImageToVideo = defineVideoModel({
  id,
  title: 'Kling V3 Turbo Image to Video',
  description:
    'Makes a video from a first frame, sooner than V3; several shots are told in the prompt. Takes no elements.',
  created: 1_781_654_400,
  fields: { prompt: optionalPrompt, image_start: imageStart, duration: duration(3, 15), quality: qualityTo1080p },
  params: {},
  rules: [],
  examples: {
    first_frame: {
      summary: 'From a first frame',
      value: {
        model: id,
        prompt: 'The boat turns into the wind',
        image_start: 'https://example.com/boat.jpg',
        duration: 5,
        quality: '1080p',
      },
    },
  },
  estimatedSeconds: 300,
  price: { billing_rule: 'per_second', setting: 'priceKlingV3Turbo', multipliers: turboMultipliers, minimumSeconds },
});
