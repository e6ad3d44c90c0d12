import type { VideoSpec } from '../../engines/index.ts';
import type { ClipRules } from '../../media/index.ts';
import { imageToVideoPath, motionControlPath, omniVideoPath, textToVideoPath } from '../api/endpoints.ts';
import { limits } from './limits.ts';
import { translateImageToVideo } from './translate-image-to-video.ts';
import { translateMotionControl } from './translate-motion-control.ts';
import { translateOmni } from './translate-omni.ts';
import { translateTextToVideo } from './translate-text-to-video.ts';
import type { Translate } from './translation.ts';

/** Where a model's videos are made upstream, how its requests are told there, and what is refused there. */
export interface Product {
  endpoint: string;
  /** What the upstream counts slots and refuses by: the kind of pack, and the version of the model. */
  product: string;
  translate: Translate;
  /** Whether a request may do without a prompt. */
  promptOptional: boolean;
  elementsMax: number;
  /** What the upstream demands of the given video on top of the contract. */
  clipRules?(spec: VideoSpec): Partial<ClipRules>;
}

const omni: Product = {
  endpoint: omniVideoPath,
  product: 'video/kling-v3-omni',
  translate: translateOmni,
  promptOptional: false,
  elementsMax: 7,
  clipRules: ({ model }) => {
    const isReference = model === 'kling-o3-reference-to-video';
    const { min, max } = isReference ? limits.referenceVideoSeconds : limits.baseVideoSeconds;
    return { durationMinSeconds: min, durationMaxSeconds: max, bytesMax: limits.videoBytesMax };
  },
};

const products: Readonly<Record<string, Product>> = {
  'kling-o3-text-to-video': omni,
  'kling-o3-image-to-video': omni,
  'kling-o3-reference-to-video': omni,
  'kling-o3-video-edit': omni,
  // No elements in the contract; there is no page of the vendor's that `kling-v3-turbo-*` could be told by.
  'kling-o1-image-to-video': { ...omni, product: 'video/kling-video-o1', elementsMax: 0 },
  'kling-o1-video-edit': { ...omni, product: 'video/kling-video-o1', elementsMax: 0 },
  'kling-v3-image-to-video': {
    endpoint: imageToVideoPath,
    product: 'video/kling-v3',
    translate: translateImageToVideo,
    promptOptional: false,
    elementsMax: 3,
  },
  'kling-v3-text-to-video': {
    endpoint: textToVideoPath,
    product: 'video/kling-v3',
    translate: translateTextToVideo,
    promptOptional: false,
    elementsMax: 0,
  },
  'kling-v3-motion-control': {
    endpoint: motionControlPath,
    product: 'video/kling-v3',
    translate: translateMotionControl,
    promptOptional: true,
    elementsMax: 1,
    clipRules: ({ character_orientation }) => ({
      durationMinSeconds: 3,
      durationMaxSeconds: character_orientation === 'image' ? 10 : 30,
      bytesMax: 100 * 1024 * 1024,
    }),
  },
};

/** Null for a model that the Kling API doesn't make, or that nobody has taught this engine yet. */
export function findProduct(model: string): Product | null {
  return products[model] ?? null;
}

/** Every product that a video may be of. */
export const videoProducts: readonly string[] = [...new Set(Object.values(products).map(({ product }) => product))];
