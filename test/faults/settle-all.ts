/** Waits for all of `works`, so that none runs on alone; then answers what they answered, or throws what the first threw. */
export async function settleAll<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const ends = await Promise.allSettled(works);
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

/** `work`, which somebody waits for later: until then its failure must not end the program. */
export function begin<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
