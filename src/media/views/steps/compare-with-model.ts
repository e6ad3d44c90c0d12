import type { Embedding, ModelRunners } from '../../plugins/index.ts';
import { cropSubject } from '../../subject/index.ts';
import type { BuildState, StepTools, View } from '../view.ts';
import { layOnSquare } from './lay-on-square.ts';

/**
 * Where an embedding model was added, its score against the frontal view takes the place of ours. The model sees the
 * subject alone, on plain ground, so that like surroundings don't count. Without a model nothing happens.
 */
export async function compareWithModel({ views }: BuildState, { models }: StepTools): Promise<void> {
  const model = models?.embedding;
  const [frontal, ...others] = views;
  if (model === undefined || frontal === undefined) return;
  const reference = await describe(frontal, model);
  if (reference === undefined) return;
  for (const view of others) {
    const embedding = await describe(view, model);
    if (embedding !== undefined) view.sameSubject = model.compare(reference, embedding);
  }
}

async function describe(view: View, model: NonNullable<ModelRunners['embedding']>): Promise<Embedding | undefined> {
  if (!view.subject || view.smallAlpha === undefined) return undefined;
  const { image, alpha } = cropSubject(view.small, view.smallAlpha, model.sidePx);
  return model.run(layOnSquare(image, alpha, model.ground), view.param);
}
