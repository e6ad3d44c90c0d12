import { formatFixedPoint, parseFixedPoint } from '../lib/parse-fixed-point.ts';
import type { Section, Setting } from '../lib/settings.ts';

/** Far above any price, and low enough that an amount stays a JavaScript number. */
const usdMax = 1000;

const creditMicrousd: Setting<bigint | undefined> = {
  env: 'TROUPE_CREDIT_USD',
  describe: `What you charge for one credit in US dollars (0 to ${usdMax}, at most 6 decimals), told as usage.cost.usd of finished tasks; unset: no dollars are told. The hosted service sells 68 credits for a dollar`,
  fallback: undefined,
  parse(text) {
    const microusd = parseFixedPoint(text, 6);
    if (microusd > BigInt(usdMax) * 1_000_000n) throw new Error(`must be from 0 to ${usdMax} dollars, is '${text}'`);
    return microusd;
  },
  show: (microusd) => (microusd === undefined ? '' : formatFixedPoint(microusd, 6)),
};

export const section = { creditMicrousd } satisfies Section;
