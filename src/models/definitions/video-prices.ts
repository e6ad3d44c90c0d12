import type { Multipliers } from '../price-rule.ts';

/** Multipliers of the hosted service's public pricing rules of 2026-10-10, in thousandths of the rate. */

export const o3Multipliers: Multipliers = {
  '720p': { off: 1000, on: 1334 },
  '1080p': { off: 1334, on: 1667 },
  '4k': { off: 5000, on: 5000 },
};

export const v3Multipliers: Multipliers = {
  '720p': { off: 1000, on: 1500 },
  '1080p': { off: 1334, on: 2000 },
  '4k': { off: 5000, on: 5000 },
};

/** No sound is asked for or priced apart. */
export const turboMultipliers: Multipliers = { '720p': { off: 1000 }, '1080p': { off: 1250 } };

/** Without a field for the quality. */
export const o1Multipliers: Multipliers = { '720p': { off: 1000 } };

/** Of the models that are given a video and make no sound. */
export const silentMultipliers: Multipliers = { '720p': { off: 1000 }, '1080p': { off: 1334 } };

/** The same of O3 beside a reference video, whose 4k the vendor takes since 2026-06-17: 3.0 units a second there, 0.9 at 720p. */
export const o3WithVideoMultipliers: Multipliers = { ...silentMultipliers, '4k': { off: 3334 } };

/** Every published minimum is three seconds at the rate, whatever the quality. */
export const minimumSeconds = 3;
