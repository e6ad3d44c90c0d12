import { aspectRatio, duration, qualityTo1080p, requiredPrompt } from '../fields/video-fields.ts';
import { defineVideoModel } from './define-video-model.ts';
import { minimumSeconds, turboMultipliers } from './video-prices.ts';

const id = 'kling-v3-turbo-text-to-video';

export const klingV3TurboTextToVideo = defineVideoModel({
  id,
  title: 'Kling V3 Turbo Text to Video',
  description: 'Makes a video from words, sooner than V3; several shots are told in the prompt. Takes no elements.',
  // 2026-06-17, when the vendor published it; so the other turbo model.
  created: 1_781_654_400,
  fields: { prompt: requiredPrompt, duration: duration(3, 15), aspect_ratio: aspectRatio, quality: qualityTo1080p },
  params: {},
  rules: [],
  examples: {
    text: {
      summary: 'From words, two shots told in them',
      value: {
        model: id,
        prompt: 'A kite over a harbour. Then a boy at the other end of its string',
        duration: 6,
        aspect_ratio: '16:9',
        quality: '720p',
      },
    },
  },
  estimatedSeconds: 300,
  price: { billing_rule: 'per_second', setting: 'priceKlingV3Turbo', multipliers: turboMultipliers, minimumSeconds },
});
