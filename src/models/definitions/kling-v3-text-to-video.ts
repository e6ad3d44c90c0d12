import {
  aspectRatio,
  duration,
  negativePrompt,
  promptUnlessShots,
  quality,
  shotFields,
  sound,
  watermarkInfo,
} from '../fields/video-fields.ts';
import { defineVideoModel } from './define-video-model.ts';
import { minimumSeconds, v3Multipliers } from './video-prices.ts';
import { requirePromptOrShots } from './video-rules.ts';

const id = 'kling-v3-text-to-video';

export const klingV3TextToVideo = defineVideoModel({
  id,
  title: 'Kling V3 Text to Video',
  description: 'Makes a video from words, in one shot or several. Takes no elements.',
  created: 1_771_063_555,
  fields: {
    prompt: promptUnlessShots,
    negative_prompt: negativePrompt,
    duration: duration(3, 15),
    aspect_ratio: aspectRatio,
    quality,
    sound,
  },
  params: { ...shotFields(['customize', 'intelligence']), watermark_info: watermarkInfo },
  rules: [requirePromptOrShots],
  examples: {
    text: {
      summary: 'From words, and what not to show',
      value: {
        model: id,
        prompt: 'Fog lifts from a lake between hills',
        negative_prompt: 'people, text',
        duration: 5,
        aspect_ratio: '16:9',
        quality: '1080p',
      },
    },
    intelligence: {
      summary: 'Shots that the model cuts itself',
      value: {
        model: id,
        prompt: 'A baker opens her shop: keys, ovens, the first customer',
        duration: 10,
        sound: 'on',
        model_params: { multi_shot: true, shot_type: 'intelligence' },
      },
    },
  },
  estimatedSeconds: 300,
  price: { billing_rule: 'per_second', setting: 'priceKlingV3', multipliers: v3Multipliers, minimumSeconds },
});
