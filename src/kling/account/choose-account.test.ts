import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AccountFacts, chooseAccount } from './choose-account.ts';

const idle = { isStopped: false, isPaused: false, freeSlots: 5, unitsLeft: null, inFlight: 0, unbound: 0 };
const open = (credential: string, change: Partial<AccountFacts> = {}): AccountFacts => ({
  ...idle,
  credential,
  ...change,
});
const one = { units: 3, current: null };

test.each<[string, AccountFacts[], { units: number; current: string | null }, string | null]>([
  ['none of none', [], one, null],
  ['the first of equals, as the settings have them', [open('a'), open('b')], one, 'a'],
  ['not the one that is stopped', [open('a', { isStopped: true }), open('b')], one, 'b'],
  ['not the one that is paused', [open('a', { isPaused: true }), open('b')], one, 'b'],
  ['not the one without a free slot', [open('a', { freeSlots: 0 }), open('b')], one, 'b'],
  ['not the one with more waiting than slots', [open('a', { freeSlots: -3 }), open('b')], one, 'b'],
  ['not the one whose packs are too small', [open('a', { unitsLeft: 2.9 }), open('b')], one, 'b'],
  ['the one whose packs are just enough', [open('a', { unitsLeft: 3 }), open('b')], one, 'a'],
  ['one that tells no balance counts as having enough', [open('a', { unitsLeft: 1 }), open('b')], one, 'b'],
  ['where the cast is, though more is in flight', [open('a', { unbound: 1 }), open('b', { inFlight: 4 })], one, 'b'],
  ['room before the cast', [open('a', { freeSlots: 0 }), open('b', { unbound: 2 })], one, 'b'],
  ['of equals the one with less in flight', [open('a', { inFlight: 2 }), open('b', { inFlight: 1 })], one, 'b'],
  ['no room before no balance', [open('a', { unitsLeft: 0 }), open('b', { freeSlots: 0 })], one, 'b'],
  ['no room before a stop', [open('a', { isStopped: true }), open('b', { isPaused: true })], one, 'b'],
  [
    'of those that are stopped the first, where it is held',
    [open('a', { isStopped: true }), open('b', { isStopped: true })],
    one,
    'a',
  ],
  [
    'what waits stays where nobody has more',
    [open('a', { freeSlots: 0, inFlight: 9 }), open('b', { freeSlots: 0 })],
    { units: 3, current: 'a' },
    'a',
  ],
  [
    'what waits and was not let through goes where there is room',
    [open('a'), open('b', { unbound: 1 })],
    { units: 3, current: 'a' },
    'b',
  ],
  [
    'what waits at a stop goes where it only has to wait',
    [open('a', { isStopped: true }), open('b', { freeSlots: 0 })],
    { units: 3, current: 'a' },
    'b',
  ],
  [
    'what waits at a stop stays where all are stopped',
    [open('b', { isStopped: true }), open('a', { isStopped: true })],
    { units: 3, current: 'a' },
    'a',
  ],
  ['what waits where it can not be made any more goes on', [open('b')], { units: 3, current: 'a' }, 'b'],
])('chosen: %s', (_, accounts, wanted, right) => {
  expect(chooseAccount(accounts, wanted)).toBe(right);
});

const account = fc.record({
  isStopped: fc.boolean(),
  isPaused: fc.boolean(),
  freeSlots: fc.integer({ min: -3, max: 3 }),
  unitsLeft: fc.option(fc.integer({ min: 0, max: 6 })),
  inFlight: fc.integer({ min: 0, max: 5 }),
  unbound: fc.integer({ min: 0, max: 3 }),
});

test('whatever is known: one is chosen, never a stopped or empty one while another can, and nothing moves to one', () => {
  fc.assert(
    fc.property(fc.array(account, { minLength: 1, maxLength: 5 }), fc.integer({ min: 0, max: 6 }), (list, units) => {
      const accounts = list.map((facts, at) => ({ ...facts, credential: String(at) }));
      const chosen = accounts.find(
        ({ credential }) => credential === chooseAccount(accounts, { units, current: null }),
      );
      expect(chosen).toBeDefined();
      const isBarred = (facts?: AccountFacts) =>
        facts === undefined || facts.isStopped || (facts.unitsLeft !== null && facts.unitsLeft < units);
      if (isBarred(chosen)) expect(accounts.every(isBarred)).toBe(true);
      for (const { credential: current } of accounts) {
        const next = accounts.find((facts) => facts.credential === chooseAccount(accounts, { units, current }));
        if (next?.credential !== current) expect(isBarred(next)).toBe(false);
      }
    }),
  );
});
