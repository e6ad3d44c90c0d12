/**
 * Waits for statements that were sent without waiting for one another, and returns all their results. When one
 * fails, the others are waited for all the same before the error is thrown: none may go on by itself after the
 * transaction has been rolled back and its connection serves somebody else. The error is that of the first to fail; the
 * later ones only say that the transaction was broken by then.
 */
export async function allSettledOrThrow<T extends readonly unknown[]>(
  ...work: { [K in keyof T]: Promise<T[K]> | T[K] }
): Promise<T> {
  const errors: unknown[] = [];
  const outcomes = await Promise.all(
    work.map(async (one) => {
      try {
        return await one;
      } catch (error) {
        errors.push(error);
        return undefined;
      }
    }),
  );
  if (errors.length > 0) throw errors[0];
  return outcomes as unknown as T;
}
