import {
  aspectRatio,
  duration,
  elementList,
  promptUnlessShots,
  quality,
  shotFields,
  sound,
  watermarkInfo,
} from '../fields/video-fields.ts';
import { defineVideoModel } from './define-video-model.ts';
import { minimumSeconds, o3Multipliers } from './video-prices.ts';
import { requirePromptOrShots } from './video-rules.ts';

const id = 'kling-o3-text-to-video';

export const klingO3TextToVideo = defineVideoModel({
  id,
  title: 'Kling O3 Text to Video',
  description: 'Makes a video from words, with up to 7 elements, in one shot or several.',
  // 2026-02-14, when the contract's page appeared; so the other models of that day.
  created: 1_771_063_555,
  fields: { prompt: promptUnlessShots, duration: duration(3, 15), aspect_ratio: aspectRatio, quality, sound },
  params: {
    ...shotFields(['customize']),
    element_list: elementList(7, 'At most 7 elements.'),
    watermark_info: watermarkInfo,
  },
  rules: [requirePromptOrShots],
  examples: {
    element: {
      summary: 'An element in one shot',
      value: {
        model: id,
        prompt: '<<<element_1>>> opens an umbrella as the first drops fall',
        duration: 5,
        aspect_ratio: '16:9',
        quality: '720p',
        model_params: { element_list: [{ element_id: '4810293847561029' }] },
      },
    },
    shots: {
      summary: 'Two shots with sound',
      value: {
        model: id,
        duration: 8,
        quality: '1080p',
        sound: 'on',
        model_params: {
          multi_shot: true,
          shot_type: 'customize',
          multi_prompt: [
            { index: 1, prompt: 'A lighthouse at dusk, its lamp comes on', duration: '3' },
            { index: 2, prompt: '<<<element_1>>> looks up from the rocks below', duration: '5' },
          ],
          element_list: [{ element_id: '4810293847561029' }],
        },
      },
    },
  },
  // The contract's own example value, of every video model.
  estimatedSeconds: 300,
  price: { billing_rule: 'per_second', setting: 'priceKlingO3', multipliers: o3Multipliers, minimumSeconds },
});
