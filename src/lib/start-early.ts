/**
 * For work whose outcome is awaited later, beside other work: until then a failure is nobody's, and Node would end the
 * process for it. Returns the same promise, which still rejects where it is awaited.
 */
export function startEarly<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
