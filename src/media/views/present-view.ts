import type { Exposure, ViewFacts } from '../schema.ts';
import type { View } from './view.ts';

/** The facts of a view that all steps before `reportFindings` have gone over. */
export function presentView(view: View): ViewFacts {
  return {
    sharpness: view.sharpness as number,
    exposure: view.exposure as Exposure,
    perceptual_hash: view.perceptualHash as string,
    matte_confidence: Math.round((view.matte?.confidence ?? 0) * 1000) / 1000,
    ...(view.isMended && { matte_source: 'mended' as const }),
    subject: view.subject ?? null,
    same_subject: view.sameSubject ?? null,
    view_difference: view.viewDifference ?? null,
    ...(view.faces && { faces: [...view.faces] }),
    ...(view.showsNobody && { shows_nobody: true as const }),
  };
}

/** How messages name a view: by its request field; a frame by its place in the clip, of which an element has one. */
export function nameView({ param, timeSeconds }: Pick<View, 'param' | 'timeSeconds'>): string {
  return timeSeconds === undefined ? param : `the frame at ${timeSeconds.toFixed(2)} s`;
}
