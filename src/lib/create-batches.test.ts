import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test, vi } from 'vitest';
import { createBatches } from './create-batches.ts';

const nextTurn = () => new Promise((done) => setImmediate(done));

/** Batches that end when the test says so; `begun` holds what was handed over, in order. */
function openBatches(placesMax: number, sizeMax: number, heldUpMs = 600_000) {
  const begun: (readonly number[])[] = [];
  const ends: PromiseWithResolvers<readonly string[]>[] = [];
  const batches = createBatches<number, string>({
    placesMax,
    heldUpMs,
    sizeMax,
    run: (items) => {
      begun.push(items);
      const end = Promise.withResolvers<readonly string[]>();
      ends.push(end);
      return end.promise;
    },
  });
  const end = (at: number) => ends[at]?.resolve((begun[at] ?? []).map((item) => `did ${item}`));
  return { batches, begun, end, ends };
}

test('what comes in one turn of the event loop is begun at its end together, oldest first, as many as fit; the rest when a place is free', async () => {
  const { batches, begun, end } = openBatches(2, 3);
  const all = [1, 2, 3, 4, 5, 6, 7].map((item) => batches.add(item));
  expect(begun).toEqual([]);
  await nextTurn();
  expect(begun).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  all.push(batches.add(8));
  await nextTurn();
  expect(begun).toHaveLength(2);
  end(1);
  expect(await all[4]).toBe('did 5');
  expect(begun.slice(2)).toEqual([[7, 8]]);
  end(0);
  end(2);
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((item) => `did ${item}`));
  expect(begun).toHaveLength(3);
});

test('what comes alone is begun alone, within the same turn of the event loop', async () => {
  const { batches, begun, end } = openBatches(2, 3);
  const first = batches.add(1);
  await nextTurn();
  const second = batches.add(2);
  await nextTurn();
  expect(begun).toEqual([[1], [2]]);
  end(0);
  end(1);
  expect(await Promise.all([first, second])).toEqual(['did 1', 'did 2']);
});

test('what a batch throws reaches each of its items and nobody else, and the line goes on', async () => {
  const { batches, end, ends } = openBatches(1, 10);
  const first = batches.add(1);
  await nextTurn();
  const others = [batches.add(2), batches.add(3)];
  const outcomes = Promise.allSettled(others);
  end(0);
  await first;
  ends[1]?.reject(new Error('broken'));
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const last = batches.add(4);
  await nextTurn();
  end(2);
  expect(await last).toBe('did 4');
});

test("a batch runs in no caller's asynchronous context, and each caller goes on in its own", async () => {
  const storage = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  const batches = createBatches<string, null>({
    placesMax: 1,
    heldUpMs: 600_000,
    sizeMax: 10,
    run: async (items) => {
      seen.push(storage.getStore());
      return items.map(() => null);
    },
  });
  const call = (name: string) =>
    storage.run(name, async () => {
      await batches.add(name);
      return storage.getStore();
    });
  expect(await Promise.all(['a', 'b', 'c'].map(call))).toEqual(['a', 'b', 'c']);
  expect(await call('d')).toBe('d');
  expect(seen).toEqual([undefined, undefined]);
});

test('settled waits for what is under way and for what waits', async () => {
  const { batches, end } = openBatches(1, 1);
  await batches.settled();
  const order: string[] = [];
  const added = [1, 2].map(async (item) => order.push(await batches.add(item)));
  const settled = batches.settled().then(() => order.push('settled'));
  await nextTurn();
  end(0);
  await added[0];
  end(1);
  await Promise.all([...added, settled]);
  expect(order).toEqual(['did 1', 'did 2', 'settled']);
});

test('a batch that is held up keeps nobody else waiting, and still ends', async () => {
  const { batches, begun, end } = openBatches(1, 1, 5);
  const all = [1, 2, 3].map((item) => batches.add(item));
  await vi.waitUntil(() => begun.length === 3, { timeout: 60_000 });
  for (const at of [2, 1, 0]) end(at);
  expect(await Promise.all(all)).toEqual(['did 1', 'did 2', 'did 3']);
  const last = batches.add(4);
  await vi.waitUntil(() => begun.length === 4, { timeout: 60_000 });
  end(3);
  expect(await last).toBe('did 4');
});
