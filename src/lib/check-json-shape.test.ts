import { describe, expect, test } from 'vitest';
import { checkJsonShape, shapeLimits } from './check-json-shape.ts';

function nest(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? { a: value } : [value];
  return value;
}
const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 0]));

describe('the shape of a JSON value', () => {
  test('32 levels pass, 33 are refused', () => {
    expect(checkJsonShape(nest(32))).toBeNull();
    expect(checkJsonShape(nest(33))?.message).toMatch(/nested deeper than 32 levels$/);
  });

  test('200 keys pass, wherever they are; 201 are refused', () => {
    expect(checkJsonShape(keys(200))).toBeNull();
    expect(checkJsonShape({ a: keys(100), b: [keys(98)] })).toBeNull();
    expect(checkJsonShape({ a: keys(100), b: [keys(99)] })?.message).toMatch(/more than 200 keys in the request$/);
    expect(checkJsonShape(keys(201))).toEqual({ param: 'body', message: 'body: more than 200 keys in the request' });
  });

  test('1000 array items pass, 1001 are refused with the path of the array', () => {
    expect(checkJsonShape({ a: Array(1000).fill(0) })).toBeNull();
    expect(checkJsonShape({ a: Array(1001).fill(0) })?.param).toBe('a');
  });

  test.each([1, 'text', null, true, [], {}])('%j passes', (value) => {
    expect(checkJsonShape(value)).toBeNull();
  });

  test('a hundred thousand levels or keys cost no more than the limits do', () => {
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    const wide = keys(100_000);
    const before = process.cpuUsage();
    expect(checkJsonShape(deep)).not.toBeNull();
    expect(checkJsonShape(wide, shapeLimits)).not.toBeNull();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(5);
  });

  test.each([
    ['__proto__', '{"__proto__": 1}'],
    ['a[1].__proto__', '{"a": [1, {"__proto__": {}}]}'],
    ['constructor.prototype', '{"constructor": {"prototype": {}}}'],
  ])('%s is refused by its name', (param, text) => {
    expect(checkJsonShape(JSON.parse(text))).toEqual({ param, message: `${param}: is a key that no request may have` });
  });

  test.each(['{"a__proto__": 1}', '{"constructor": {"a": 1}}', '{"prototype": 1}'])('%s passes', (text) => {
    expect(checkJsonShape(JSON.parse(text))).toBeNull();
  });

  test('an own __proto__ key counts as a key and opens nothing', () => {
    expect(
      checkJsonShape(JSON.parse('{"__proto__": {"a": 1}}'), { depthMax: 2, keysMax: 1, itemsMax: 1 }),
    ).not.toBeNull();
  });
});
