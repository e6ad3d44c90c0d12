import type { ElementManifest } from '../media/index.ts';
import type { ElementSummary } from './engine.ts';

export function summarizeManifest({ frontal_image, colors, placeholder_hash }: ElementManifest): ElementSummary {
  return { frontal_image, colors, placeholder_hash };
}
