import { expect, test } from 'vitest';
import { createQuietNote } from './create-quiet-note.ts';

test('the same message is told once in its time, then with the number of those kept back; another one at once', () => {
  const told: string[] = [];
  let now = 0;
  const note = createQuietNote(
    1000,
    ({ message }, repeated) => told.push(`${message} ${repeated}`),
    () => now,
  );
  for (now = 0; now < 1000; now += 250) note(new Error('away'));
  note(new Error('another'));
  note(new Error('away'));
  expect(told).toEqual(['away 0', 'another 0', 'away 3']);
});

test('endlessly many messages are not remembered', () => {
  let told = 0;
  const note = createQuietNote(
    1000,
    () => (told += 1),
    () => 0,
  );
  for (let at = 0; at < 1000; at += 1) note(new Error(String(at)));
  expect(told).toBe(1000);
});
