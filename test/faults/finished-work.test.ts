import { describe, expect, test } from 'vitest';
import { outlastAbsence } from './finished-work.ts';

/** The short form of `npm run test:faults -- --only finished`, which has every absence. Linux only: it reads /proc. */
describe.runIf(process.platform === 'linux')('work that is done while its database is away', () => {
  test.concurrent.each(['crashed', 'stopped, and the server told to stop'])(
    '%s: one element, charged once, and its callback',
    async (name) => {
      expect((await outlastAbsence(name)).violations).toEqual([]);
    },
  );
});
