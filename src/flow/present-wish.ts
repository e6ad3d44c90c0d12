import type { VideoWish } from '../engines/index.ts';
import type { VideoRequest } from '../models/index.ts';

/** The engines' words for what a checked request of `model` asks for. */
export function presentWish(model: string, request: Omit<VideoRequest, 'sources'>): VideoWish {
  const { kind: _, elements: __, ...wish } = request;
  return { model, ...wish };
}
