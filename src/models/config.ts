import { formatFixedPoint, parseFixedPoint } from '../lib/parse-fixed-point.ts';
import type { Section, SectionValues, Setting } from '../lib/settings.ts';

/** Far above any use, and low enough that sums of many prices stay exact in a JavaScript number. */
const priceMaxMicrocredits = 1_000_000n * 1_000_000n;

/** One setting per model, in credits with at most six decimals; values are whole microcredits (10⁻⁶ credit). */
export const section = {
  priceKlingCustomElement: priceSetting('TROUPE_PRICE_KLING_CUSTOM_ELEMENT', 1_000_000, 'Price of one element'),
} satisfies Section;

export type Prices = SectionValues<typeof section>;

function priceSetting(env: string, fallback: number, describe: string): Setting<number> {
  return {
    env,
    describe: `${describe} in credits (0 to 1000000, at most 6 decimals; 0 makes it free)`,
    fallback,
    parse(text) {
      const microcredits = parseFixedPoint(text, 6);
      if (microcredits > priceMaxMicrocredits) throw new Error(`must be from 0 to 1000000 credits, is '${text}'`);
      return Number(microcredits);
    },
    show: (microcredits) => formatFixedPoint(BigInt(microcredits), 6),
  };
}
