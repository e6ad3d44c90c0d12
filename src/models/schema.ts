import { type Static, Type } from 'typebox';
import type { Prices } from './config.ts';
import type { Model } from './model.ts';

/** One line of `GET /v1/models`. */
export const ModelEntry = Type.Object(
  {
    id: Type.String({ description: 'Name to send as `model`.', examples: ['kling-custom-element'] }),
    object: Type.Literal('model'),
    created: Type.Integer({ description: 'Unix seconds since when the model is part of the contract.' }),
    owned_by: Type.Literal('troupe'),
    type: Type.Literal('video', { description: 'Kind of its tasks.' }),
    title: Type.String(),
    description: Type.String(),
    billing_rule: Type.Enum(['per_call', 'per_second', 'per_token'], { type: 'string' }),
    credits: Type.Number({ minimum: 0, description: 'Credits per call.', examples: [1] }),
  },
  { title: 'Model' },
);
export type ModelEntry = Static<typeof ModelEntry>;

/** Answer of `GET /v1/models`. */
export const ModelPage = Type.Object(
  { object: Type.Literal('list'), data: Type.Array(ModelEntry) },
  { title: 'Models', description: 'The models that the key may use.' },
);
export type ModelPage = Static<typeof ModelPage>;

/** A model as `GET /v1/models` shows it, with the price in force. */
export function presentModel(model: Model, prices: Prices): ModelEntry {
  return {
    id: model.id,
    object: 'model',
    created: model.created,
    owned_by: 'troupe',
    type: model.type,
    title: model.title,
    description: model.description,
    billing_rule: model.price.billing_rule,
    credits: prices[model.price.setting] / 1_000_000,
  };
}
