import { createHash } from 'node:crypto';
import { formatFixedPoint } from '../lib/parse-fixed-point.ts';
import type { CatalogMeta, CatalogModels, CatalogPrice, CatalogPrices } from './catalog-schema.ts';
import { computeMinimum } from './compute-charge.ts';
import type { Prices } from './config.ts';
import { modelId as elementModelId } from './element-request-schema.ts';
import type { Model } from './model.ts';

/** Milliseconds that an answer is good for: the hosted service's tools keep one for five minutes. */
export const freshMs = 300_000;

/** Millionths of a dollar for a credit, where the operator has said so. */
export type CreditMicrousd = bigint | undefined;

/** The same for the same models and prices, on every process. */
export function computeCatalogVersion(models: readonly Model[], prices: Prices): string {
  const told = models.map(({ id, title, description, price }) => [id, title, description, price]);
  return `cat_${createHash('sha256')
    .update(JSON.stringify([told, prices]))
    .digest('hex')
    .slice(0, 16)}`;
}

/** What every answer of the catalog begins with. */
export function presentCatalogMeta(models: readonly Model[], prices: Prices, now: Date): CatalogMeta {
  return {
    schema_version: '1',
    catalog_version: computeCatalogVersion(models, prices),
    updated_at: toTime(Math.max(...models.map(({ created }) => created))),
    fresh_until: new Date(now.getTime() + freshMs).toISOString(),
  };
}

/** The models that fit the filter, as the catalog tells them; an element is filed under video. */
export function presentCatalogModels(
  models: readonly Model[],
  { capability, lifecycle }: { capability?: string; lifecycle?: string },
): CatalogModels['models'] {
  return models
    .map(({ id, type, title, description }) => ({
      model_id: id,
      display_name: title,
      provider: 'kling' as const,
      description,
      aliases: [],
      capabilities: id === elementModelId ? ['video', 'element'] : [type],
      protocols: [`evolink-${type}-generations`],
      lifecycle: 'active' as const,
      deprecates_at: null,
    }))
    .filter((model) => capability === undefined || model.capabilities.includes(capability))
    .filter((model) => lifecycle === undefined || model.lifecycle === lifecycle);
}

/** One line for each quality and sound of a model that is priced by the second, one for any other. */
export function presentCatalogPrices(
  models: readonly Model[],
  prices: Prices,
  creditMicrousd: CreditMicrousd,
): CatalogPrices['prices'] {
  return models.flatMap((model) => presentPrices(model, prices, creditMicrousd));
}

function presentPrices({ id, created, price }: Model, prices: Prices, creditMicrousd: CreditMicrousd): CatalogPrice[] {
  const rate = BigInt(prices[price.setting]);
  const common = {
    model_id: id,
    role: 'output' as const,
    official_price: null,
    effective_at: toTime(created),
    source_url: null,
  };
  const tell = (nanocredits: bigint) => ({
    ...presentAmount(nanocredits, creditMicrousd),
    credits: formatFixedPoint(nanocredits, 9),
  });
  if (price.billing_rule === 'per_call' && price.pictures !== undefined) {
    return Object.entries(price.pictures).map(([quality, thousandths]) => ({
      ...common,
      sku_id: `${id}:${quality}`,
      unit: 'image' as const,
      ...tell(rate * BigInt(thousandths)),
      quality,
    }));
  }
  if (price.billing_rule === 'per_call') {
    return [{ ...common, sku_id: id, unit: 'request', ...tell(rate * 1000n) }];
  }
  const minimum_credits = formatFixedPoint(BigInt(computeMinimum(price, prices[price.setting])), 6);
  return Object.entries(price.multipliers).flatMap(([quality, { off, on }]) =>
    [
      { sound: 'off' as const, thousandths: off },
      { sound: 'on' as const, thousandths: on },
    ].flatMap(({ sound, thousandths }) => {
      if (thousandths === undefined) return [];
      const sku_id = `${id}:${quality}:sound-${sound}`;
      const amount = tell(rate * BigInt(thousandths));
      return [{ ...common, sku_id, unit: 'second' as const, ...amount, minimum_credits, quality, sound }];
    }),
  );
}

/** An amount of 10⁻⁹ credits in the currency that is told. */
export function presentAmount(
  nanocredits: bigint,
  creditMicrousd: CreditMicrousd,
): { currency: string; price: string } {
  return creditMicrousd === undefined
    ? { currency: 'CREDITS', price: formatFixedPoint(nanocredits, 9) }
    : { currency: 'USD', price: formatFixedPoint(nanocredits * creditMicrousd, 15) };
}

function toTime(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString();
}
