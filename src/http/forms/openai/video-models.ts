import { listModels } from '../../../models/index.ts';

/** The ids of the models that make videos: alone those whose price follows the seconds. */
export const videoModels: readonly string[] = listModels().flatMap(({ id, price }) =>
  price.billing_rule === 'per_second' ? [id] : [],
);
