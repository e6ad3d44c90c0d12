/** How a video is charged by its length. Small, plain and whole, so that it can be kept with the task. */
export interface Settlement {
  /** Whole microcredits (10⁻⁶ credit) for a second at 720p without sound: the setting when the request was accepted. */
  microcreditsPerSecond: number;
  /** The request's multiplier, in thousandths. Apart from the rate, since their product need not be whole. */
  multiplierThousandths: number;
  minimumMicrocredits: number;
}

/**
 * The charge in whole microcredits for a video of `outputSeconds` (finite, at least 0; any fraction): its seconds rounded
 * half up, at least the minimum, never more than was reserved.
 */
export function computeCharge(settlement: Settlement, outputSeconds: number, reservedMicrocredits: number): number {
  if (!Number.isFinite(outputSeconds) || outputSeconds < 0) throw new RangeError(`a video of ${outputSeconds} seconds`);
  // Longer than any video, and short enough that the product below stays exact.
  const seconds = Math.min(Math.round(outputSeconds), 1000);
  return Math.min(computeSeconds(settlement, seconds), reservedMicrocredits);
}

/**
 * Whole microcredits for whole seconds (at most 1000). Rounded half up to the 10⁻⁴ credit in which the hosted service
 * counts, once, for the whole amount. Exact: rates are at most 10⁹ microcredits and multipliers at most 5000, so every
 * number here is whole and below 2⁵³.
 */
export function computeSeconds(settlement: Settlement, seconds: number): number {
  const { microcreditsPerSecond, multiplierThousandths, minimumMicrocredits } = settlement;
  const thousandths = microcreditsPerSecond * seconds * multiplierThousandths;
  return Math.max(minimumMicrocredits, roundHalfUp(thousandths, 1000 * microcreditsPerUnit) * microcreditsPerUnit);
}

/** The least that a video costs: its first seconds at the rate, whatever the multiplier. Whole microcredits. */
export function computeMinimum({ minimumSeconds }: { minimumSeconds: number }, microcreditsPerSecond: number): number {
  return computeSeconds({ microcreditsPerSecond, multiplierThousandths: 1000, minimumMicrocredits: 0 }, minimumSeconds);
}

/** 10⁻⁴ credit. */
const microcreditsPerUnit = 100;

/** `dividend / divisor` for whole numbers at least 0, without a fraction in between. */
function roundHalfUp(dividend: number, divisor: number): number {
  const rest = dividend % divisor;
  return (dividend - rest) / divisor + (2 * rest >= divisor ? 1 : 0);
}
