import type { EmbeddingArchitecture } from '../architecture.ts';
import type { FloatTensor } from './find-runtime.ts';
import { checkNumbers, ModelFault } from './model-fault.ts';

/** Describes a subject as a direction: length 1. Compare two by `compareEmbeddings`. */
export type Embedding = Float32Array;

/** The embedding in a model's output. Throws `ModelFault` for another shape, for zeros and for what is not a number. */
export function readEmbedding({ data, dims }: FloatTensor, read: EmbeddingArchitecture['output']['read']): Embedding {
  const expected = read === 'whole' ? 2 : 3;
  if (dims.length !== expected || dims[0] !== 1) {
    throw new ModelFault(`gave [${dims.join(', ')}], expected ${read === 'whole' ? '[1, N]' : '[1, tokens, N]'}`);
  }
  const values = data.slice(0, dims.at(-1));
  checkNumbers(values);
  const length = Math.hypot(...values);
  if (!(length > 0)) throw new ModelFault('gave nothing but zeros');
  return values.map((value) => value / length);
}

/**
 * Chance 0…1, to three decimals, that two embeddings are of one subject: ½ where their cosine is `at`, and the steeper the
 * larger `slope`. Unlike our own score it is fitted on nothing: `at` needs calibrating for each model.
 */
export function compareEmbeddings(
  one: Embedding,
  other: Embedding,
  { at, slope }: { at: number; slope: number },
): number {
  let cosine = 0;
  for (const [index, value] of one.entries()) cosine += value * (other[index] as number);
  return Math.round(1000 / (1 + Math.exp(-slope * (cosine - at)))) / 1000;
}
