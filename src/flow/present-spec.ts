import type { VideoSpec } from '../engines/index.ts';
import type { VideoRequest } from '../models/index.ts';

/** The engines' words for what a checked request of `model` asks for. */
export function presentSpec(model: string, request: Omit<VideoRequest, 'sources'>): VideoSpec {
  const { kind: _, elements: __, ...spec } = request;
  return { model, ...spec };
}
