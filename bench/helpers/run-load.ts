export interface LoadResult {
  /** Finished calls a second. */
  rate: number;
  p50Ms: number;
  p99Ms: number;
  count: number;
}

/**
 * Keeps `concurrency` calls under way for `seconds` (after `warmUpSeconds` that don't count). `call` gets a running
 * number; a call that throws ends the run.
 */
export async function runLoad(
  concurrency: number,
  seconds: number,
  call: (lane: number, turn: number) => Promise<unknown>,
  warmUpSeconds = 4,
): Promise<LoadResult> {
  const startsAt = performance.now() + warmUpSeconds * 1000;
  const endsAt = startsAt + seconds * 1000;
  const times: number[] = [];
  let turn = 0;
  const lane = async (_: unknown, index: number) => {
    for (let now = performance.now(); now < endsAt; now = performance.now()) {
      await call(index, turn++);
      const ended = performance.now();
      if (now >= startsAt && ended <= endsAt) times.push(ended - now);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { rate: times.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), count: times.length };
}
