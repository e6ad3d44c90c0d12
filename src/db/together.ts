/**
 * Waits for statements that were said at once, so that they travel together, and answers all their results. When one
 * fails, the others are waited for all the same before the first error is thrown: none may go on by itself after the
 * transaction has been rolled back and its connection serves somebody else.
 */
export async function together<T extends readonly unknown[]>(
  ...work: { [K in keyof T]: Promise<T[K]> | T[K] }
): Promise<T> {
  const outcomes = await Promise.allSettled(work);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as unknown as T;
}
