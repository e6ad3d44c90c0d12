import type { BuildState, StepTools } from '../view.ts';
import { noteMatte } from './matte-with-model.ts';
import { isSettled } from './settled-matte.ts';

/**
 * What the network that knows things draws is noted for the search that follows, as the matte of a model: in place of a matting model, where
 * none was added. A person has been drawn already, by networks that know people better; and where the ground is plain and the cut sure, nothing happens.
 */
export function matteThings({ views, isPerson }: BuildState, { things, models }: StepTools): void {
  if (things === undefined || models?.matting !== undefined || isPerson) return;
  for (const view of views) if (!isSettled(view)) noteMatte(view, things.draw(view.small));
}
