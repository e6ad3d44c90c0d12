/**
 * How many times the processor time of `large` is that of `small`: a property of the code, where times are of the machine. The
 * least of up to `rounds` tries, as a collection of garbage may fall into any; ends with the first that is below `enough`.
 * What takes less than a millisecond counts as one.
 */
export function measureGrowth(small: () => void, large: () => void, enough: number, rounds = 5): number {
  small();
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && least >= enough; round++) {
    least = Math.min(least, measure(large) / Math.max(1, measure(small)));
  }
  return least;
}

/** Milliseconds of processor time, of all threads of this process. */
function measure(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
