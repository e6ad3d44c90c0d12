/**
 * Gathers the items of many callers for up to `waitMs` and hands them to `work` together, one batch at a time. Each
 * caller gets the outcome of the batch that its item was part of.
 */
export function createGatherer<T>(waitMs: number, work: (items: T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: { item: T; done: () => void; fail: (error: unknown) => void }[] = [];
  let scheduled = false;
  let busy = false;

  async function flush(): Promise<void> {
    scheduled = false;
    if (busy || waiting.length === 0) return;
    busy = true;
    const batch = waiting;
    waiting = [];
    try {
      await work(batch.map((entry) => entry.item));
      for (const entry of batch) entry.done();
    } catch (error) {
      for (const entry of batch) entry.fail(error);
    } finally {
      busy = false;
      if (waiting.length > 0) void flush();
    }
  }

  return (item) =>
    new Promise((done, fail) => {
      waiting.push({ item, done, fail });
      if (!scheduled) setTimeout(() => void flush(), waitMs);
      scheduled = true;
    });
}
