import { voiceRateHz } from './encode-wav.ts';

/**
 * K weighting of ITU-R BS.1770-4, annex 1: a shelf for the head, then a high-pass. The recommendation gives coefficients
 * for 48 kHz only; these are the analogue filters behind them, put through the bilinear transform at our rate
 * (B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement", AES 145, 2018). Answers −1…1.
 */
export function applyKWeighting(samples: Int16Array): Float64Array {
  const weighted = Float64Array.from(samples, (sample) => sample / 32_768);
  applyFilter(weighted, shelf(1681.9744509555319, 3.99984385397, 0.7071752369554193));
  applyFilter(weighted, highPass(38.13547087613982, 0.5003270373253953));
  return weighted;
}

/** b0, b1, b2, a1, a2 with a0 = 1. */
type Biquad = readonly [number, number, number, number, number];

function shelf(frequencyHz: number, gainDb: number, quality: number): Biquad {
  const k = Math.tan((Math.PI * frequencyHz) / voiceRateHz);
  const high = 10 ** (gainDb / 20);
  const band = high ** 0.499666774155;
  const a0 = 1 + k / quality + k * k;
  return [
    (high + (band * k) / quality + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (band * k) / quality + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / quality + k * k) / a0,
  ];
}

function highPass(frequencyHz: number, quality: number): Biquad {
  const k = Math.tan((Math.PI * frequencyHz) / voiceRateHz);
  const a0 = 1 + k / quality + k * k;
  return [1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / quality + k * k) / a0];
}

function applyFilter(values: Float64Array, [b0, b1, b2, a1, a2]: Biquad): void {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    const x = values[at] as number;
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    values[at] = y;
  }
}
