import type { View } from './view.ts';

/** How messages name a view: by its request field, a frame by its place in the clip. */
export function nameView({ param, timeSeconds }: Pick<View, 'param' | 'timeSeconds'>): string {
  return timeSeconds === undefined ? param : `${param} at ${timeSeconds.toFixed(2)} s`;
}
