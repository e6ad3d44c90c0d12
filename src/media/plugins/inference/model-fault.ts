/**
 * A model answered, but not with what its architecture promises; the message goes on after "the model …". Never leaves
 * this folder: the code that runs the model turns it into an `AppError` that names it.
 */
export class ModelFault extends Error {
  override readonly name = 'ModelFault';
}

/** Throws `ModelFault` when a value is not a finite number. */
export function checkNumbers(data: Float32Array): void {
  let bad = 0;
  for (const value of data) if (!Number.isFinite(value)) bad += 1;
  if (bad > 0) throw new ModelFault(`gave ${bad} of ${data.length} values that are not numbers`);
}
