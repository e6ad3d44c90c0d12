import type { Settlement } from './compute-charge.ts';
import type { Prices } from './config.ts';
import type { Model, ModelRequest, PriceRule } from './model.ts';

export interface Quote {
  billing_rule: PriceRule['billing_rule'];
  /** Whole microcredits (10⁻⁶ credit), at least 0. */
  priceMicrocredits: number;
  settlement?: Settlement;
}

/** What one call of `model` costs under the given settings. */
export function computePrice(model: Model, _request: ModelRequest, prices: Prices): Quote {
  return { billing_rule: model.price.billing_rule, priceMicrocredits: prices[model.price.setting] };
}
