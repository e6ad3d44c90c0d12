import type { ImageSpec } from '../../engines/index.ts';
import { anglesPath, imagesPath, omniImagePath } from '../api/endpoints.ts';
import type { Translation } from '../videos/translation.ts';
import { writeElements } from '../videos/translation.ts';
import { angleUnits, estimateImageUnits } from '../videos/units.ts';

/** A request for pictures with everything in hand that a body of the upstream's is made of. */
type ImageTranslation = Pick<Translation, 'elementIds' | 'elementIdForm' | 'images'> & { spec: ImageSpec };

/** Where a model's pictures are made upstream, and how its requests are told there. */
export interface ImageProduct {
  endpoint: string;
  /** As of a video. */
  product: string;
  /** As the vendor counts them, whose pages tell of none for further views: a refusal is waited out. */
  slots(spec: ImageSpec): number;
  /** Expected, in those of videos. */
  units(spec: ImageSpec): number;
  /** An element isn't named there: its frontal picture is the request's own. */
  looksAtFrontal: boolean;
  translate(translation: ImageTranslation): Record<string, unknown>;
}

/** Of products that make as many pictures as are asked for. */
const counted = {
  slots: ({ count }: ImageSpec) => count,
  units: estimateImageUnits,
  looksAtFrontal: false,
};

const omni = (modelName: string): ImageProduct => ({
  ...counted,
  endpoint: omniImagePath,
  product: `image/${modelName}`,
  translate: ({ spec, images, ...ids }) => ({
    model_name: modelName,
    prompt: spec.prompt,
    ...(images.length === 0 ? {} : { image_list: images.map(({ base64 }) => ({ image: base64 })) }),
    ...writeElements(ids),
    resolution: spec.quality,
    n: spec.count,
    aspect_ratio: spec.aspect_ratio ?? 'auto',
  }),
});

const products: Readonly<Record<string, ImageProduct>> = {
  'kling-image-o1': omni('kling-image-o1'),
  'kling-image-o3': omni('kling-v3-omni'),
  'kling-image-v3': {
    ...counted,
    endpoint: imagesPath,
    product: 'image/kling-v3',
    translate: ({ spec, images: [image], ...ids }) => ({
      model_name: 'kling-v3',
      prompt: spec.prompt,
      ...(spec.negative_prompt === undefined ? {} : { negative_prompt: spec.negative_prompt }),
      ...(image === undefined ? {} : { image: image.base64 }),
      ...writeElements(ids),
      resolution: spec.quality,
      n: spec.count,
      aspect_ratio: spec.aspect_ratio ?? '16:9',
    }),
  },
  'kling-image-angles': {
    endpoint: anglesPath,
    product: 'image/multi-shot',
    slots: () => 1,
    units: () => angleUnits,
    looksAtFrontal: true,
    translate: ({ images: [frontal] }) => ({ element_frontal_image: frontal?.base64 }),
  },
};

/** Null for a model whose pictures the Kling API doesn't make. */
export function findImageProduct(model: string): ImageProduct | null {
  return products[model] ?? null;
}

/** Every product that pictures may be of. */
export const imageProducts: readonly string[] = Object.values(products).map(({ product }) => product);
