import type { ImageSpec, VideoSpec } from '../engines/index.ts';
import type { ImageRequest, VideoRequest } from '../models/index.ts';

/** The engines' words for what a checked request of `model` asks for. */
export function presentSpec(model: string, request: Omit<VideoRequest, 'sources'>): VideoSpec;
export function presentSpec(model: string, request: Omit<ImageRequest, 'sources'>): ImageSpec;
export function presentSpec(model: string, request: Omit<VideoRequest | ImageRequest, 'sources'>) {
  const { kind: _, elements: __, ...spec } = request;
  return { model, ...spec };
}
