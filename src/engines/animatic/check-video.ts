import type { VideoPrecheck } from '../video-engine.ts';
import { unknownLength } from './errors.ts';

/**
 * Refuses what can't be shown, and that is next to nothing: whatever a model takes can be drawn. Throws
 * `invalid_parameters` where the length is unknown.
 */
export function checkVideo({ spec, sources }: Omit<VideoPrecheck, 'account_id'>): void {
  const hasLength = spec.duration_seconds !== undefined || spec.shots.length > 0;
  if (!hasLength && !sources.some(({ role }) => role === 'reference_video')) throw unknownLength();
}
