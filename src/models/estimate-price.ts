import { formatFixedPoint } from '../lib/parse-fixed-point.ts';
import { showValue } from '../lib/show-value.ts';
import type { Estimate, EstimateRequest } from './catalog-schema.ts';
import { computeCharge } from './compute-charge.ts';
import { computePicture, computePrice, findOutputSecondsMax } from './compute-price.ts';
import type { Prices } from './config.ts';
import { refuse } from './errors.ts';
import { defaultImageQuality } from './fields/image-fields.ts';
import type { ImageRequest, VideoRequest } from './fields/requests.ts';
import { defaultDurationSeconds, defaultQuality } from './fields/video-fields.ts';
import type { Model } from './model.ts';
import { type CreditMicrousd, presentAmount } from './present-catalog.ts';
import type { PricePerSecond } from './price-rule.ts';

/** What an estimate says of the price itself; who asks and when is added by the door. */
export type PriceEstimate = Pick<
  Estimate,
  'currency' | 'amount' | 'amounts' | 'credits_reserved' | 'estimated_usage' | 'assumptions'
>;

const countMax = 100;

/**
 * What requests to `model` would cost under the given settings, by the few things that decide it: nothing is reserved. Throws
 * `invalid_request` (400) for a quality, a length or an orientation that the model would refuse.
 */
export function estimatePrice(
  model: Model,
  request: Pick<EstimateRequest, 'input' | 'parameters'>,
  prices: Prices,
  creditMicrousd: CreditMicrousd,
): PriceEstimate {
  const reader = createReader(request);
  const count = reader.integer(['count', 'image_count', 'n'], 1, countMax) ?? 1;
  const { price } = model;
  if (price.billing_rule === 'per_call' && price.pictures !== undefined) {
    const asked = reader.choice(['quality', 'resolution'], Object.keys(price.pictures));
    const quality = (asked ?? defaultImageQuality) as ImageRequest['quality'];
    const assumptions = asked === undefined ? [`quality ${quality}, since none was given`] : [];
    const each = computePicture(model, quality, prices);
    return presentEstimate({ count, each, reservedEach: each, usage: { quality }, assumptions }, creditMicrousd);
  }
  if (price.billing_rule === 'per_call') {
    const each = prices[price.setting];
    return presentEstimate({ count, each, reservedEach: each, usage: {}, assumptions: [] }, creditMicrousd);
  }
  const video = readVideo(model, price, reader);
  const quote = computePrice(model, video.request, prices);
  const { settlement, priceMicrocredits: reservedEach } = quote;
  const { duration_seconds } = video.request;
  const each =
    settlement !== undefined && duration_seconds !== undefined
      ? computeCharge(settlement, duration_seconds, reservedEach)
      : reservedEach;
  const usage = {
    duration_seconds: duration_seconds ?? findOutputSecondsMax(model, video.request) ?? 0,
    quality: video.request.quality,
    sound: video.request.sound ? ('on' as const) : ('off' as const),
  };
  return presentEstimate({ count, each, reservedEach, usage, assumptions: video.assumptions }, creditMicrousd);
}

function readVideo(model: Model, price: PricePerSecond, reader: Reader) {
  const assumptions: string[] = [];
  const quality = reader.choice(['quality', 'resolution'], Object.keys(price.multipliers));
  if (quality === undefined) assumptions.push(`quality ${defaultQuality}, since none was given`);
  const chosen = (quality ?? defaultQuality) as VideoRequest['quality'];
  const canSound = price.multipliers[chosen]?.on !== undefined;
  const sound = reader.choice(['sound'], ['on', 'off', 'true', 'false']);
  const wantsSound = sound === 'on' || sound === 'true';
  if (wantsSound && !canSound) assumptions.push('no sound, since the model makes none');
  const orientation = reader.choice(['character_orientation'], ['image', 'video']);
  const request = {
    kind: 'video',
    quality: chosen,
    sound: wantsSound && canSound,
    ...(orientation === undefined ? {} : { character_orientation: orientation as 'image' | 'video' }),
  } as VideoRequest;
  const { min, max, only, isAsked } = findSeconds(model, request);
  const seconds = reader.integer(['duration_seconds', 'duration', 'output_seconds', 'input_seconds'], min, max, only);
  if (seconds === undefined) {
    assumptions.push(
      isAsked
        ? `${defaultDurationSeconds} s, since no length was given`
        : `${max} s, the longest that the model makes: what comes out shorter costs less`,
    );
  }
  const length = seconds ?? (isAsked ? defaultDurationSeconds : undefined);
  return { request: { ...request, ...(length === undefined ? {} : { duration_seconds: length }) }, assumptions };
}

/** Whole seconds that a request may ask for, in all or only these, or that what is made of a given video may have. */
function findSeconds(
  model: Model,
  request: VideoRequest,
): { min: number; max: number; only?: readonly number[]; isAsked: boolean } {
  const { properties } = model.requestSchema as unknown as {
    properties: Record<string, Range | { enum: readonly number[] } | undefined>;
  };
  const asked = properties.duration;
  if (asked !== undefined && 'enum' in asked) {
    return { min: Math.min(...asked.enum), max: Math.max(...asked.enum), only: asked.enum, isAsked: true };
  }
  if (asked !== undefined) return { min: asked.minimum, max: asked.maximum, isAsked: true };
  return { min: 1, max: findOutputSecondsMax(model, request) ?? 1, isAsked: false };
}

interface Range {
  minimum: number;
  maximum: number;
}

interface Reader {
  /** With `only`, one of these. */
  integer(names: readonly string[], min: number, max: number, only?: readonly number[]): number | undefined;
  choice(names: readonly string[], allowed: readonly string[]): string | undefined;
}

/** Reads fields under the names that clients give them, numbers also as text. */
function createReader({ input, parameters }: Pick<EstimateRequest, 'input' | 'parameters'>): Reader {
  const root = input === undefined && parameters !== undefined ? 'parameters' : 'input';
  const fields: Readonly<Record<string, unknown>> = input ?? parameters ?? {};
  const find = (names: readonly string[]) => {
    const name = names.find((one) => Object.hasOwn(fields, one) && ![undefined, null, ''].includes(fields[one] as ''));
    return name === undefined ? undefined : { param: `${root}.${name}`, value: fields[name] };
  };
  return {
    integer(names, min, max, only) {
      const found = find(names);
      if (found === undefined) return undefined;
      const value = typeof found.value === 'string' && found.value.trim() !== '' ? Number(found.value) : found.value;
      const isWhole = typeof value === 'number' && Number.isInteger(value);
      if (isWhole && value >= min && value <= max && only?.includes(value) !== false) return value;
      const rule = only === undefined ? `a whole number from ${min} to ${max}` : only.join(' or ');
      throw refuse(found.param, `is ${showValue(found.value)}, must be ${rule}`);
    },
    choice(names, allowed) {
      const found = find(names);
      if (found === undefined) return undefined;
      const text = typeof found.value === 'object' ? '' : String(found.value).toLowerCase();
      if (allowed.includes(text)) return text;
      const words = allowed.filter((word) => word !== 'true' && word !== 'false').join(' or ');
      throw refuse(found.param, `is ${showValue(found.value)}, must be ${words}`);
    },
  };
}

interface Counted {
  count: number;
  /** Microcredits that are charged and held for one request. */
  each: number;
  reservedEach: number;
  usage: Omit<Estimate['estimated_usage'], 'count'>;
  assumptions: string[];
}

function presentEstimate(
  { count, each, reservedEach, usage, assumptions }: Counted,
  creditMicrousd: CreditMicrousd,
): PriceEstimate {
  const microcredits = BigInt(each) * BigInt(count);
  const { currency, price: amount } = presentAmount(microcredits * 1000n, creditMicrousd);
  return {
    currency,
    amount,
    amounts: {
      credits: formatFixedPoint(microcredits, 6),
      uc: formatFixedPoint(microcredits, 2),
      ...(creditMicrousd === undefined ? {} : { usd: amount }),
    },
    credits_reserved: formatFixedPoint(BigInt(reservedEach) * BigInt(count), 6),
    estimated_usage: { count, ...usage },
    assumptions,
  };
}
