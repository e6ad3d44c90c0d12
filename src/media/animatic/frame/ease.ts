/** Smooth start and end: 0…1 to 0…1 with no speed at either end. */
export function easeInOut(share: number): number {
  const at = clamp(share);
  return at * at * (3 - 2 * at);
}

/** Starts fast and comes to rest: 0…1 to 0…1. */
export function easeOut(share: number): number {
  return 1 - (1 - clamp(share)) ** 3;
}

/**
 * A camera's move over a shot: steady, with its speed taken up and laid down over the first and last `rampShare`; a cut
 * in the midst of a move looks better than a move that has stopped before it.
 */
export function easeCamera(share: number, rampShare = 0.18): number {
  const at = clamp(share);
  const speed = 1 / (1 - rampShare);
  if (at < rampShare) return (speed * at * at) / (2 * rampShare);
  if (at > 1 - rampShare) return 1 - (speed * (1 - at) ** 2) / (2 * rampShare);
  return speed * (at - rampShare / 2);
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
