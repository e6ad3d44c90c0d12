import { expect, test } from 'vitest';
import { createPlaces } from './places.ts';

test('one account holds half of the places at most, all together no more than there are, and a place is left once', () => {
  const places = createPlaces(3);
  const [first] = [places.take(1), places.take(1)];
  expect(() => places.take(1)).toThrow('this key, account or address has as many large requests');
  places.take(2);
  expect(() => places.take(3)).toThrow('the server is receiving as many large requests');
  first?.[Symbol.dispose]();
  first?.[Symbol.dispose]();
  places.take(3);
  expect(() => places.take(1)).toThrow('the server is receiving');
});
