import fc from 'fast-check';
import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { listUnknownFields } from './list-unknown-fields.ts';

const schema = Type.Object({
  model: Type.String(),
  params: Type.Union([
    Type.Object({
      a: Type.Optional(Type.String()),
      list: Type.Optional(Type.Array(Type.Object({ url: Type.String() }))),
    }),
    Type.Object({ b: Type.String() }),
  ]),
  free: Type.Optional(Type.Object({}, { additionalProperties: true })),
});

describe('unknown fields', () => {
  test('are listed by path in the order sent, and not looked into', () => {
    const value = {
      standard_model_name: 'x',
      model: 'm',
      params: { a: '1', list: [{ url: 'u' }, { url: 'u', extra: { deep: 1 } }], tag_list: [] },
      trace_id: { deep: 1 },
    };
    expect(listUnknownFields(schema, value)).toEqual([
      'standard_model_name',
      'params.list[1].extra',
      'params.tag_list',
      'trace_id',
    ]);
  });

  test('a field that any branch of a union knows is known', () => {
    expect(listUnknownFields(schema, { model: 'm', params: { a: '1', b: '2', c: '3' } })).toEqual(['params.c']);
  });

  test('an object whose members are not described has no unknown ones', () => {
    expect(listUnknownFields(schema, { free: { anything: 1 } })).toEqual([]);
  });

  test('names that every object inherits are unknown all the same', () => {
    expect(listUnknownFields(schema, JSON.parse('{"constructor": 1, "__proto__": {"x": 1}}'))).toEqual([
      'constructor',
      '__proto__',
    ]);
  });

  test('at most 200 are listed and a long key is cut to 40 code points', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, 0]));
    expect(listUnknownFields(schema, many)).toHaveLength(200);
    expect(listUnknownFields(schema, { ['😀'.repeat(41)]: 1 })).toEqual([`${'😀'.repeat(40)}...`]);
  });

  test('any JSON value whatever is answered with a list', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => Array.isArray(listUnknownFields(schema, value))));
  });
});
