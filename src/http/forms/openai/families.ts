import type { HttpSettings } from '../../config.ts';

/** A setting's word for the models that stand for one of the vendor's. */
export type Family = HttpSettings['videosSora2'];

/** Each family's models: from words alone, and with a first frame. */
export const families: Readonly<Record<Family, { text: string; image: string }>> = {
  'kling-o3': { text: 'kling-o3-text-to-video', image: 'kling-o3-image-to-video' },
  'kling-v3': { text: 'kling-v3-text-to-video', image: 'kling-v3-image-to-video' },
  'kling-v3-turbo': { text: 'kling-v3-turbo-text-to-video', image: 'kling-v3-turbo-image-to-video' },
};
