import type { Plane } from '../../raster/raster.ts';
import type { MattingArchitecture } from '../architecture.ts';
import type { FloatTensor } from './find-runtime.ts';
import { checkNumbers, ModelFault } from './model-fault.ts';

/** A matte that reaches ½ nowhere found nothing: stretching it would turn its noise into a subject. */
const foundMin = 0.5;

/**
 * The matte 0…1 of a model's output, at the size it was run at. Throws `ModelFault` when the output has another size or
 * holds anything but numbers.
 */
export function readMatte(
  { data, dims }: FloatTensor,
  size: { width: number; height: number },
  activation: MattingArchitecture['output']['activation'],
): Plane {
  const { width, height } = size;
  const isPlane = dims.filter((side) => side !== 1).join() === [height, width].filter((side) => side !== 1).join();
  if (!isPlane) throw new ModelFault(`gave a matte of [${dims.join(', ')}], expected [1, 1, ${height}, ${width}]`);
  checkNumbers(data);
  const values = activation === 'sigmoid' ? data.map((value) => 1 / (1 + Math.exp(-value))) : data;
  const { least, most } = findRange(values);
  const stretches = activation === 'min-max' && most >= foundMin && most > least;
  const [from, span] = stretches ? [least, most - least] : [0, 1];
  return { width, height, data: values.map((value) => Math.min(1, Math.max(0, (value - from) / span))) };
}

function findRange(values: Float32Array): { least: number; most: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}
