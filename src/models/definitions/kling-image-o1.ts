import { Type } from 'typebox';
import { limitImagesAndElements } from '../checks/check-elements.ts';
import { imagePrompt, imageQuality, imageRatio, pictureCount } from '../fields/image-fields.ts';
import { images } from '../fields/video-fields.ts';
import { defineImageModel, referencesMax } from './define-image-model.ts';

const id = 'kling-image-o1';

export const klingImageO1 = defineImageModel({
  id,
  title: 'Kling Image O1',
  description: 'Makes pictures from words, reference images and elements, together at most 10.',
  created: 1_795_737_600,
  fields: {
    prompt: imagePrompt,
    image_urls: Type.Optional(
      images(`Reference images: scene, style, things. At most ${referencesMax} images and elements together.`, {
        maxItems: referencesMax,
      }),
    ),
    aspect_ratio: imageRatio(true),
    quality: imageQuality(['1k', '2k']),
    n: pictureCount,
  },
  rules: [limitImagesAndElements(referencesMax)],
  examples: {
    element: {
      summary: 'An element, two pictures to choose from',
      value: {
        model: id,
        prompt: '<<<element_1>>> on a rainy street at night',
        aspect_ratio: '3:2',
        quality: '2k',
        n: 2,
        model_params: { element_list: [{ element_id: '4810293847561029' }] },
      },
    },
    scene: {
      summary: 'An element in the scene of a reference image',
      value: {
        model: id,
        prompt: '<<<element_1>>> in the courtyard of <<<image_1>>>',
        image_urls: ['https://example.com/courtyard.jpg'],
        model_params: { element_list: [{ element_id: '4810293847561029' }] },
      },
    },
  },
  estimatedSeconds: 40,
  price: { billing_rule: 'per_call', setting: 'priceKlingImage', pictures: { '1k': 1000, '2k': 1000 } },
});
