import type { ImagePrecheck } from '../../engines/index.ts';
import { klingRefuses } from '../errors.ts';
import { type CheckKnowledge, checkNewElements } from '../videos/check-video.ts';
import { findImageProduct } from './image-products.ts';

/** Refuses what the Kling API would, before anything is charged. Throws `invalid_request` (400) and `service_unavailable` (503). */
export function checkImages({ spec, cast }: Pick<ImagePrecheck, 'spec' | 'cast'>, knowledge: CheckKnowledge): void {
  if (findImageProduct(spec.model) === null) throw klingRefuses('model', `${spec.model} is not made by the Kling API`);
  checkNewElements(cast, knowledge);
}
