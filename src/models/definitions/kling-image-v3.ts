import { Type } from 'typebox';
import { limitImagesAndElements } from '../checks/check-elements.ts';
import { refuse } from '../errors.ts';
import type { ImageRule } from '../fields/image-body.ts';
import { imageNegativePrompt, imagePrompt, imageQuality, imageRatio, pictureCount } from '../fields/image-fields.ts';
import { images } from '../fields/video-fields.ts';
import { defineImageModel, referencesMax } from './define-image-model.ts';

const id = 'kling-image-v3';

/** The vendor takes what is not to be seen from words alone. */
const refuseNegativeBesideImage: ImageRule = ({ negative_prompt, sources }) => {
  if (negative_prompt === undefined || sources.length === 0) return;
  throw refuse('negative_prompt', 'is given beside image_urls, with which it is not taken');
};

export const klingImageV3 = defineImageModel({
  id,
  title: 'Kling Image V3',
  description: 'Makes pictures from words or one image, with elements; says what not to show.',
  created: 1_795_737_600,
  fields: {
    prompt: imagePrompt,
    negative_prompt: imageNegativePrompt,
    image_urls: Type.Optional(images('The image that the pictures are made after.', { maxItems: 1 })),
    aspect_ratio: imageRatio(false),
    quality: imageQuality(['1k', '2k']),
    n: pictureCount,
  },
  rules: [limitImagesAndElements(referencesMax), refuseNegativeBesideImage],
  examples: {
    element: {
      summary: 'An element, and what not to show',
      value: {
        model: id,
        prompt: 'A portrait of <<<element_1>>> in the evening sun',
        negative_prompt: 'text, frames',
        aspect_ratio: '3:4',
        quality: '2k',
        model_params: { element_list: [{ element_id: '4810293847561029' }] },
      },
    },
  },
  estimatedSeconds: 40,
  price: { billing_rule: 'per_call', setting: 'priceKlingImage', pictures: { '1k': 1000, '2k': 1000 } },
});
