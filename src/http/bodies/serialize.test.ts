import { expect, test } from 'vitest';
import { serializerCompiler } from './serialize.ts';

test('code for a schema is made at its first answer, once for all routes, and lets out only what the schema has', () => {
  let looks = 0;
  const schema = {
    type: 'object',
    get properties() {
      looks += 1;
      return { id: { type: 'string' } };
    },
  };
  const serialize = serializerCompiler({ schema, method: 'GET', url: '/' });
  expect(looks).toBe(0);
  expect(serialize({ id: 'a', secret: 'b' })).toBe('{"id":"a"}');
  const looksOfOnce = looks;
  expect(looksOfOnce).toBeGreaterThan(0);
  expect(serialize({ id: 'c' })).toBe('{"id":"c"}');
  expect(serializerCompiler({ schema, method: 'PUT', url: '/' })({ id: 'd' })).toBe('{"id":"d"}');
  expect(looks).toBe(looksOfOnce);
});
