import { setTimeout as sleep } from 'node:timers/promises';

/** How often the engine looks and how long it waits, in milliseconds. A part of the program's design, not a setting. */
export interface PollingIntervals {
  /** Between two looks for a free slot, by each process. */
  slotMs: number;
  /** The first look at a task after its creation; elements take about 5 s, videos minutes. */
  pollFirstMs: number;
  /** Each look comes half as late again as the one before, up to this much later. */
  pollMaxMs: number;
  /** Between two looks for a callback's hint. */
  hintMs: number;
  /** Before each look for what a create without an answer may have left; the last is followed by sending it again. */
  lookUpMs: readonly number[];
  /** A create that isn't there so long after it was sent may be given up where it can't be sent again. Looks were seen to lag 20 s. */
  arrivalMs: number;
  /** How long the upstream must have said the same in a row to be believed that nothing comes of it: done without a result, or
   * absent after the deadline. */
  patienceMs: number;
  /** After refusals for want of room: this, then twice as long each time. The vendor advises at least 1 s. */
  backOffFirstMs: number;
  backOffMaxMs: number;
  /**
   * A task that nobody has asked about for so long is asked about by who waits for its slot. Longer than `pollMaxMs`; one
   * look too many, beside one that is slow, does no harm.
   */
  orphanMs: number;
  /** Who waits for a slot and has been silent for so long is passed over. */
  silentMs: number;
  /** After a refusal that only the operator can mend, before the next request tries again. */
  stopMs: number;
  /** A create that another process has sent is given so much longer than its time-out before it counts as lost. */
  sendingGraceMs: number;
}

export const intervals: PollingIntervals = {
  slotMs: 1_000,
  pollFirstMs: 2_000,
  pollMaxMs: 10_000,
  hintMs: 1_000,
  lookUpMs: [1_000, 2_000, 5_000],
  arrivalMs: 30_000,
  patienceMs: 300_000,
  backOffFirstMs: 1_000,
  backOffMaxMs: 30_000,
  orphanMs: 15_000,
  silentMs: 15_000,
  stopMs: 60_000,
  sendingGraceMs: 5_000,
};

/** Waits for about `ms`: up to a fifth more or less, so that many who wait don't all come back at once. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await sleep(ms * (0.8 + 0.4 * Math.random()), undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
