/** One input or output of a model. */
export interface TensorFacts {
  readonly name: string;
  /** Of the runtime: `float32`, `int64`, … */
  readonly type: string;
  /** Null where the model leaves a side open. */
  readonly shape: readonly (number | null)[];
}

/** What a model takes and gives, before it is run. */
export interface ModelSignature {
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
}

/** `input 'x' float32 [1, 3, 320, 320]; outputs 'y' float32 [1, 1, ?, ?]`. At most six outputs are named. */
export function presentSignature({ inputs, outputs }: ModelSignature): string {
  const named = outputs.slice(0, 6).map(presentTensor).join(', ');
  const more = outputs.length > 6 ? ` and ${outputs.length - 6} more` : '';
  return `input ${inputs.map(presentTensor).join(', ')}; output ${named}${more}`;
}

/** `[1, 3, ?, ?]`; null stands for a side that the model leaves open. */
export function presentShape(shape: readonly (number | null)[]): string {
  return `[${shape.map((side) => side ?? '?').join(', ')}]`;
}

function presentTensor({ name, type, shape }: TensorFacts): string {
  return `'${name}' ${type} ${presentShape(shape)}`;
}
