import { expect, test } from 'vitest';
import { createClockJudge } from './judge-clock.ts';

const hour = 3_600_000;

/** Clocks that all go on together, until one of them is set. */
function open() {
  const start = Date.UTC(2026, 10, 28);
  const time = { passed: 0, set: 0, otherSet: 0 };
  const judge = createClockJudge({
    now: () => new Date(start + time.passed + time.set),
    steadyMs: () => time.passed,
    readOther: async () => new Date(start + time.passed + time.otherSet),
  });
  return { time, judge };
}

test('a clock that goes on is believed, also by steps below an hour and over months', async () => {
  const { time, judge } = open();
  for (let day = 0; day < 100; day += 1) {
    time.passed += 24 * hour;
    time.set = (day % 2) * 0.9 * hour;
    expect(await judge()).toBeNull();
  }
});

test('one that was set forward, with the database or alone, is doubted until it is set back', async () => {
  for (const both of [true, false]) {
    const { time, judge } = open();
    time.set = 87_600 * hour;
    if (both) time.otherSet = time.set;
    for (const passed of [0, 1, 4]) {
      time.passed += passed * hour;
      expect(await judge()).toMatch(/set forward by 87600 h/);
    }
    Object.assign(time, { set: 0, otherSet: 0 });
    expect(await judge()).toBeNull();
  }
});

test('one that was set forward and stays so is believed after six hours', async () => {
  const { time, judge } = open();
  Object.assign(time, { set: 30 * hour, otherSet: 30 * hour });
  expect(await judge()).not.toBeNull();
  time.passed += 6 * hour;
  expect(await judge()).toBeNull();
  time.passed += hour;
  expect(await judge()).toBeNull();
});

test('one that is ahead of the database from the start is doubted as long as it is', async () => {
  const { time, judge } = open();
  time.otherSet = -50 * hour;
  for (let day = 0; day < 5; day += 1) {
    time.passed += 24 * hour;
    expect(await judge()).toBe("it is 50 h ahead of the database's");
  }
  time.otherSet = 0;
  expect(await judge()).toBeNull();
});

test('one that was set back is believed, and so is its way back to where it was', async () => {
  const { time, judge } = open();
  Object.assign(time, { set: -87_600 * hour, otherSet: -87_600 * hour });
  expect(await judge()).toBeNull();
  time.passed += hour;
  Object.assign(time, { set: 0, otherSet: 0 });
  expect(await judge()).toBeNull();
});
