import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { compileCheck } from './compile-check.ts';
import { countCodePoints, describeInvalid } from './describe-invalid.ts';

const schema = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 20 }),
  kind: Type.Optional(Type.Enum(['a', 'b'], { type: 'string' })),
  either: Type.Optional(Type.Union([Type.Literal('x'), Type.Literal('y')])),
  shape: Type.Optional(Type.Union([Type.Object({ deep: Type.Object({ n: Type.Integer() }) }), Type.Null()])),
  list: Type.Optional(Type.Array(Type.Object({ url: Type.String() }), { minItems: 1, maxItems: 3 })),
  one: Type.Optional(Type.Array(Type.Integer(), { minItems: 1, maxItems: 1 })),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  word: Type.Optional(Type.String({ pattern: '^[a-z]+$', 'x-rule': 'must be lower-case letters' })),
  plain: Type.Optional(Type.String({ pattern: '^[a-z]+$' })),
  least: Type.Optional(Type.String({ minLength: 3 })),
});
const check = compileCheck(schema);

function messageOf(value: unknown): string {
  const checked = check(value);
  return checked.ok ? 'accepted' : checked.invalid.message;
}

describe('one sentence per fault: param, measured value, rule', () => {
  test.each([
    [{}, 'name: is required'],
    [null, 'body: is null, must be an object with name'],
    ['x', "body: is text ('x'), must be an object with name"],
    [{ name: 12 }, 'name: is a number (12), must be a string'],
    [{ name: null }, 'name: is null, must be a string'],
    [{ name: [] }, 'name: is an array (0 items), must be a string'],
    [{ name: 'x'.repeat(24) }, 'name: 24 characters, at most 20 are allowed'],
    [{ name: '' }, 'name: is empty, 1 to 20 characters are allowed'],
    [{ name: 'n', kind: 'image' }, "kind: is 'image', must be one of a, b"],
    [{ name: 'n', either: 'z' }, "either: is 'z', must be one of x, y"],
    [{ name: 'n', shape: { deep: { n: 1.5 } } }, 'shape.deep.n: is a number (1.5), must be a whole number'],
    [{ name: 'n', shape: 3 }, 'shape: is a number (3), which is none of the documented forms'],
    [{ name: 'n', list: [] }, 'list: 0 items, 1 to 3 are allowed'],
    [{ name: 'n', list: [{ url: 'a' }, {}] }, 'list[1].url: is required'],
    [{ name: 'n', list: [{ url: 'a' }, { url: true }] }, 'list[1].url: is a boolean (true), must be a string'],
    [{ name: 'n', one: [1, 2] }, 'one: 2 items, exactly 1 is allowed'],
    [{ name: 'n', count: 51 }, 'count: is 51, must be 1 to 50'],
    [{ name: 'n', word: 'A' }, "word: is 'A', must be lower-case letters"],
    [{ name: 'n', plain: 'A' }, 'plain: is \'A\', must match pattern "^[a-z]+$"'],
    [{ name: 'n', least: 'ab' }, 'least: 2 characters, at least 3 are required'],
  ])('%j is told as "%s"', (value, message) => {
    expect(messageOf(value)).toBe(message);
  });

  test('nothing is coerced, filled in or removed', () => {
    const value = { name: 'n', extra: { a: 1 } };
    expect(check(value)).toEqual({ ok: true, value: { name: 'n', extra: { a: 1 } } });
    expect(messageOf({ name: 'n', count: '5' })).toBe("count: is text ('5'), must be a whole number");
  });

  test('a key with slashes or tildes in it comes back as it was', () => {
    const error = { keyword: 'type', instancePath: '/a~1b/0/c~0d', params: { type: 'string' } };
    expect(describeInvalid([error], { 'a/b': [{ 'c~d': 1 }] }).param).toBe('a/b[0].c~d');
  });

  test('errors without their schema, as Fastify may hand them over, still tell the limit', () => {
    const error = { keyword: 'maxItems', instancePath: '', params: { limit: 2 } };
    expect(describeInvalid([error], [1, 2, 3], 'querystring')).toEqual({
      param: 'querystring',
      message: 'querystring: 3 items, at most 2 are allowed',
    });
  });
});

test('code points are counted, not code units and not what looks like one character', () => {
  expect(['', 'a', '😀', 'e\u0301', '👨‍👩‍👧', '\ud800', 'a\ud83d'].map(countCodePoints)).toEqual([0, 1, 1, 2, 5, 1, 2]);
});
