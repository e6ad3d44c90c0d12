import type { FieldName } from '../../rename-fields.ts';

/** What every route of the form calls the fields of the models' requests; those of a video's media differ by its route. */
export const fieldNames: readonly FieldName[] = [
  [/^model_params\.keep_sound$/, 'keep_original_sound'],
  [/^model_params\.(.+)$/, '$1'],
  [/^model$/, 'model_name'],
  [/^quality$/, 'mode'],
];
