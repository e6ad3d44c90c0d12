import type { Prices } from './config.ts';
import type { ImageRequest, VideoRequest } from './fields/requests.ts';

/** How a model's price comes about; the amounts are settings. */
export type PriceRule = PricePerCall | PricePerSecond;

interface PricePerCall {
  billing_rule: 'per_call';
  setting: keyof Prices;
  /** Of a model that makes as many pictures as are asked for: each costs the setting times this, in thousandths by quality. */
  pictures?: Readonly<Partial<Record<ImageRequest['quality'], number>>>;
}

/** Rate × seconds × multiplier, and never less than the rate × `minimumSeconds`. */
export interface PricePerSecond {
  billing_rule: 'per_second';
  /** The rate: one second of 720p without sound. */
  setting: keyof Prices;
  multipliers: Multipliers;
  minimumSeconds: number;
  /**
   * Of a model that is charged by the seconds of what it made: the most it can make, for which is reserved. Without it
   * the seconds asked for are charged.
   */
  outputSecondsMax?(request: Pick<VideoRequest, 'character_orientation'>): number;
}

/** By quality, then by whether sound is made; in thousandths of the rate. No `on` where a model makes no sound. */
export type Multipliers = Readonly<Partial<Record<VideoRequest['quality'], { off: number; on?: number }>>>;
