import { formatFixedPoint, parseFixedPoint } from '../lib/parse-fixed-point.ts';
import type { Section, SectionValues, Setting } from '../lib/settings.ts';

/** Far above any use, and low enough that sums of many prices stay exact in a JavaScript number. */
const callCreditsMax = 1_000_000;

/** So that 30 seconds at the highest multiplier stay below the price of a call. */
const secondCreditsMax = 1000;

/**
 * One setting per price, in credits with at most six decimals; values are whole microcredits (10⁻⁶ credit). The defaults
 * of the videos are the hosted service's public prices of 2026-10-10.
 */
export const section = {
  priceKlingCustomElement: priceSetting(
    'TROUPE_PRICE_KLING_CUSTOM_ELEMENT',
    1_000_000,
    'Price of one element',
    callCreditsMax,
  ),
  priceKlingO3: rateSetting('TROUPE_PRICE_KLING_O3', 5_400_000, 'Kling O3 video from text or images'),
  priceKlingO3WithVideo: rateSetting(
    'TROUPE_PRICE_KLING_O3_WITH_VIDEO',
    8_100_000,
    'Kling O3 video from a given video (reference to video, video edit)',
  ),
  priceKlingV3: rateSetting('TROUPE_PRICE_KLING_V3', 5_400_000, 'Kling V3 video from text or images'),
  priceKlingV3MotionControl: rateSetting(
    'TROUPE_PRICE_KLING_V3_MOTION_CONTROL',
    8_164_800,
    'Kling V3 motion control video',
  ),
  priceKlingV3Turbo: rateSetting('TROUPE_PRICE_KLING_V3_TURBO', 7_200_000, 'Kling V3 turbo video'),
  priceKlingO1: rateSetting('TROUPE_PRICE_KLING_O1', 8_000_000, 'Kling O1 video from images'),
  // Of no published price: the vendor's own list has half as much again for a given video.
  priceKlingO1WithVideo: rateSetting(
    'TROUPE_PRICE_KLING_O1_WITH_VIDEO',
    12_000_000,
    'Kling O1 video from a given video (video edit)',
  ),
  // By the measure of the videos: 0.2 units there, of which 0.6 are 5.4 credits here.
  priceKlingImage: priceSetting(
    'TROUPE_PRICE_KLING_IMAGE',
    1_800_000,
    'Price of one Kling picture; in 4k it is twice that',
    callCreditsMax / 10,
  ),
  // As well: 20 units of a picture pack a call there (its price page of pictures of 2026-09-20), which are 0.5 of a video's.
  priceKlingAngles: priceSetting(
    'TROUPE_PRICE_KLING_ANGLES',
    4_500_000,
    'Price of the further views of an element: one call, nine pictures',
    callCreditsMax / 10,
  ),
} satisfies Section;

export type Prices = SectionValues<typeof section>;

function rateSetting(env: string, fallback: number, what: string): Setting<number> {
  return priceSetting(env, fallback, `Price of one second of ${what} at 720p without sound`, secondCreditsMax);
}

function priceSetting(env: string, fallback: number, describe: string, creditsMax: number): Setting<number> {
  return {
    env,
    describe: `${describe} in credits (0 to ${creditsMax}, at most 6 decimals; 0 makes it free)`,
    fallback,
    parse(text) {
      const microcredits = parseFixedPoint(text, 6);
      if (microcredits > BigInt(creditsMax) * 1_000_000n) {
        throw new Error(`must be from 0 to ${creditsMax} credits, is '${text}'`);
      }
      return Number(microcredits);
    },
    show: (microcredits) => formatFixedPoint(BigInt(microcredits), 6),
  };
}
