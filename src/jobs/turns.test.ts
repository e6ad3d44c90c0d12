import { expect, test } from 'vitest';
import { createTurns, type Seat, TurnsClosed } from './turns.ts';

const signal = new AbortController().signal;

/** Lets `groups` wait one after another; answers the order in which they are served, each leaving as the next comes. */
async function serveAll(places: number, held: string[], groups: string[]): Promise<string[]> {
  const turns = createTurns({ places, preparedMs: 1000, now: () => 0 });
  const seats: Seat[] = held.map((group) => turns.enter(group));
  for (const seat of seats) expect(seat.tryTake()).toBe(true);
  const order: string[] = [];
  const waits = groups.map(async (group) => {
    const seat = turns.enter(group);
    expect(seat.tryTake()).toBe(false);
    await seat.wait(signal);
    order.push(group);
    seats.push(seat);
  });
  for (let served = 0; served < groups.length; served += 1) {
    seats.shift()?.leave();
    while (order.length <= served) await Promise.resolve();
  }
  await Promise.all(waits);
  return order;
}

test('one of another group is served next, however many of one group wait', async () => {
  const order = await serveAll(1, ['a'], [...Array<string>(500).fill('a'), 'b']);
  expect(order.indexOf('b')).toBe(0);
});

test('groups take turns, and a place goes to who holds the fewest', async () => {
  expect(await serveAll(1, ['a'], ['a', 'a', 'b', 'b', 'c'])).toEqual(['b', 'c', 'a', 'b', 'a']);
  expect(await serveAll(2, ['a', 'a'], ['a', 'a', 'b', 'b'])).toEqual(['b', 'a', 'b', 'a']);
});

test('who stops waiting takes no place, and leaving twice frees one place', async () => {
  const turns = createTurns({ places: 1, preparedMs: 1000, now: () => 0 });
  const first = turns.enter('a');
  first.tryTake();
  const gone = new AbortController();
  const left = turns.enter('a').wait(gone.signal);
  gone.abort(new Error('cancelled'));
  await expect(left).rejects.toThrow('cancelled');
  first.leave();
  first.leave();
  expect(turns.enter('a').tryTake()).toBe(true);
  expect(turns.enter('a').tryTake()).toBe(false);
});

test('closed, who waits is turned away, and who needs not wait still gets a place', async () => {
  const turns = createTurns({ places: 1, preparedMs: 1000, now: () => 0 });
  const holder = turns.enter('a');
  holder.tryTake();
  const waits = turns.enter('b').wait(signal);
  turns.close();
  await expect(waits).rejects.toBeInstanceOf(TurnsClosed);
  await expect(turns.enter('b').wait(signal)).rejects.toBeInstanceOf(TurnsClosed);
  holder.leave();
  expect(turns.enter('c').tryTake()).toBe(true);
});

test('no more is wanted than can be worked on, but beside what is held up, and newcomers where others wait', () => {
  let now = 0;
  const turns = createTurns({ places: 2, preparedMs: 1000, now: () => now });
  expect(turns.room()).toEqual({ any: 2, newcomers: 2, growsInMs: null });
  const slow = turns.enter('a');
  const quick = turns.enter('b');
  expect(turns.room()).toEqual({ any: 0, newcomers: 0, growsInMs: 250 });
  now = 1000;
  expect(turns.room()).toEqual({ any: 2, newcomers: 2, growsInMs: null });
  quick.tryTake();
  turns.enter('a').tryTake();
  expect(turns.room()).toEqual({ any: 0, newcomers: 0, growsInMs: null });
  expect(slow.tryTake()).toBe(false);
  void slow.wait(signal);
  expect(turns.room()).toEqual({ any: -1, newcomers: 2, growsInMs: null });
});

test('what one group prepares keeps out one newcomer at most, for a quarter of the time, and none once it is held up or worked on', () => {
  let now = 0;
  const turns = createTurns({ places: 2, preparedMs: 1000, now: () => now });
  const first = turns.enter('a');
  turns.enter('a');
  expect(turns.room()).toEqual({ any: 0, newcomers: 1, growsInMs: 250 });
  now = 250;
  expect(turns.room()).toEqual({ any: 0, newcomers: 2, growsInMs: 750 });
  turns.enter('a');
  expect(turns.room()).toEqual({ any: -1, newcomers: 2, growsInMs: 250 });
  const other = createTurns({ places: 2, preparedMs: 1000, now: () => now });
  other.enter('a').tryTake();
  other.enter('a');
  expect(other.room()).toEqual({ any: 0, newcomers: 1, growsInMs: 250 });
  first.leave();
});
