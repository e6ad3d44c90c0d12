import { type Static, Type } from 'typebox';
import { presentCredits } from '../lib/microcredits.ts';
import { computeMinimum } from './compute-charge.ts';
import type { Prices } from './config.ts';
import type { Model } from './model.ts';
import type { PriceRule } from './price-rule.ts';

/** By sound, as the request says it. */
const BySound = Type.Object({ off: Type.Number(), on: Type.Optional(Type.Number()) });

/** One line of `GET /v1/models`. */
export const ModelEntry = Type.Object(
  {
    id: Type.String({ description: 'Name to send as `model`.', examples: ['kling-custom-element'] }),
    object: Type.Literal('model'),
    created: Type.Integer({ description: 'Unix seconds since when the model is part of the contract.' }),
    owned_by: Type.Literal('troupe'),
    type: Type.Enum(['video', 'image'], { type: 'string', description: 'Kind of its tasks.' }),
    title: Type.String(),
    description: Type.String(),
    billing_rule: Type.Enum(['per_call', 'per_second', 'per_token'], { type: 'string' }),
    credits: Type.Number({
      minimum: 0,
      description:
        'Credits per call; with `per_second` those of one second at 720p without sound, of pictures those of one at 1k.',
      examples: [1],
    }),
    minimum_credits: Type.Optional(Type.Number({ description: 'With `per_second`: the least that a video costs.' })),
    multipliers: Type.Optional(
      Type.Object(
        {
          '720p': Type.Optional(BySound),
          '1080p': Type.Optional(BySound),
          '1k': Type.Optional(BySound),
          '2k': Type.Optional(BySound),
          '4k': Type.Optional(BySound),
        },
        {
          description:
            'With `per_second` and of pictures: what `credits` is multiplied by, for each `quality` and `sound` there is.',
        },
      ),
    ),
  },
  { title: 'Model' },
);
export type ModelEntry = Static<typeof ModelEntry>;

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
    ...presentPrice(model.price, prices),
  };
}

function presentPrice(
  price: PriceRule,
  prices: Prices,
): Pick<ModelEntry, 'credits' | 'minimum_credits' | 'multipliers'> {
  const rate = prices[price.setting];
  if (price.billing_rule === 'per_call') {
    if (price.pictures === undefined) return { credits: presentCredits(rate) };
    const pictures = Object.entries(price.pictures).map(([quality, thousandths]) => [
      quality,
      { off: thousandths / 1000 },
    ]);
    return { credits: presentCredits(rate), multipliers: Object.fromEntries(pictures) };
  }
  const multipliers = Object.entries(price.multipliers).map(([quality, { off, on }]) => [
    quality,
    { off: off / 1000, ...(on === undefined ? {} : { on: on / 1000 }) },
  ]);
  return {
    credits: presentCredits(rate),
    minimum_credits: presentCredits(computeMinimum(price, rate)),
    multipliers: Object.fromEntries(multipliers),
  };
}

export { CatalogModels, CatalogPrices, Estimate, EstimateRequest } from './catalog-schema.ts';
