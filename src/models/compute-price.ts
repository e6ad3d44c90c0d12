import { computeMinimum, computeSeconds, type Settlement } from './compute-charge.ts';
import type { Prices } from './config.ts';
import type { ImageRequest, ModelRequest, VideoRequest } from './fields/requests.ts';
import type { Model } from './model.ts';
import type { PricePerSecond, PriceRule } from './price-rule.ts';

export interface Quote {
  billing_rule: PriceRule['billing_rule'];
  /** Whole microcredits (10⁻⁶ credit), at least 0: what is reserved, and charged unless there is a `settlement`. */
  priceMicrocredits: number;
  /** Of a price by the second: how `computeCharge` comes to the charge for what came of it, which is never more. */
  settlement?: Settlement;
}

/** What `request`, which `model` has checked, costs under the given settings. */
export function computePrice(model: Model, request: ModelRequest, prices: Prices): Quote {
  const { price } = model;
  const { billing_rule } = price;
  if (price.billing_rule === 'per_call') {
    const each = prices[price.setting];
    if (request.kind !== 'image' || price.pictures === undefined) return { billing_rule, priceMicrocredits: each };
    return { billing_rule, priceMicrocredits: request.count * computePicture(model, request.quality, prices) };
  }
  if (request.kind !== 'video') throw new Error(`${model.id} is priced by the second and was asked for no video`);
  const settlement = computeSettlement(price, request, prices);
  const seconds = findOutputSecondsMax(model, request) ?? request.duration_seconds;
  if (seconds === undefined) throw new Error(`${model.id}: neither the request nor the price says how long`);
  const priceMicrocredits = computeSeconds(settlement, seconds);
  return { billing_rule, priceMicrocredits, settlement };
}

/** What one picture costs, in whole microcredits, rounded half up. */
export function computePicture({ id, price }: Model, quality: ImageRequest['quality'], prices: Prices): number {
  const thousandths = price.billing_rule === 'per_call' ? price.pictures?.[quality] : undefined;
  if (thousandths === undefined) throw new Error(`${id} has no price for a picture in ${quality}`);
  return Math.round((prices[price.setting] * thousandths) / 1000);
}

/**
 * What is charged for `made` of the pictures for which `reservedMicrocredits` were reserved: their share, in whole microcredits, rounded
 * down; never more than all. Exact where each has a price, and as long as the product is below 2⁵³: 9 times a call's highest price is.
 */
export function computePictureCharge(reservedMicrocredits: number, { count, made }: { count: number; made: number }) {
  return Math.floor((reservedMicrocredits * Math.min(made, count)) / count);
}

/** The settlement of a video that came in less than the quality or without the sound that was asked for; never a dearer one. */
export function lowerSettlement(
  { price }: Model,
  settlement: Settlement,
  { quality, sound }: Pick<VideoRequest, 'quality' | 'sound'>,
): Settlement {
  if (price.billing_rule === 'per_call') return settlement;
  const made = price.multipliers[quality]?.[sound ? 'on' : 'off'] ?? settlement.multiplierThousandths;
  return { ...settlement, multiplierThousandths: Math.min(made, settlement.multiplierThousandths) };
}

/** Seconds that a model makes at most which is charged by what it made; undefined of any other. */
export function findOutputSecondsMax(
  { price }: Model,
  request: Pick<VideoRequest, 'character_orientation'>,
): number | undefined {
  return price.billing_rule === 'per_second' ? price.outputSecondsMax?.(request) : undefined;
}

function computeSettlement(price: PricePerSecond, { quality, sound }: VideoRequest, prices: Prices): Settlement {
  const multiplierThousandths = price.multipliers[quality]?.[sound ? 'on' : 'off'];
  if (multiplierThousandths === undefined) throw new Error(`no price for ${quality} with sound ${sound}`);
  const microcreditsPerSecond = prices[price.setting];
  return {
    microcreditsPerSecond,
    multiplierThousandths,
    minimumMicrocredits: computeMinimum(price, microcreditsPerSecond),
  };
}
