import { cleanMask } from './clean-mask.ts';
import { dilateMask } from './dilate-mask.ts';

/**
 * The mask (1 = subject, H×W) with its notches filled, and with what lies behind them, where the way in is narrower than
 * twice `radius` pixels and the whole is less than `holeShareMax` of the subject: a mouth, a face under a helmet. A
 * closing with a square, holes filled in between.
 */
export function closeMask(
  mask: Uint8Array,
  width: number,
  height: number,
  { radius, holeShareMax }: { radius: number; holeShareMax: number },
): Uint8Array {
  const shut = cleanMask(dilateMask(mask, width, height, radius), width, height, { shareMin: 0, holeShareMax });
  const outside = dilateMask(
    shut.map((value) => 1 - value),
    width,
    height,
    radius,
  );
  return mask.map((value, pixel) => (value || !outside[pixel] ? 1 : 0));
}
