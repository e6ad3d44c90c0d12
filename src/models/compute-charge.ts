/** How a model is charged whose price depends on the length of what was made. */
export interface Settlement {
  microcreditsPerSecond: number;
  minimumMicrocredits: number;
}

/**
 * Whole microcredits for `outputSeconds` of video, rounded half up to whole seconds as the contract bills; never below the
 * minimum, and never above what was reserved, since a ledger can't take what it doesn't hold.
 */
export function computeCharge(settlement: Settlement, outputSeconds: number, reservedMicrocredits: number): number {
  const seconds = Math.floor(outputSeconds + 0.5);
  const price = Math.max(settlement.minimumMicrocredits, seconds * settlement.microcreditsPerSecond);
  return Math.min(price, reservedMicrocredits);
}
