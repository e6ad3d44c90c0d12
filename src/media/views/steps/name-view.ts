import type { View } from '../view.ts';

/** How messages name a view: by its request field; a frame by its place in the clip, of which an element has one. */
export function nameView({ param, timeSeconds }: Pick<View, 'param' | 'timeSeconds'>): string {
  return timeSeconds === undefined ? param : `the frame at ${timeSeconds.toFixed(2)} s`;
}
