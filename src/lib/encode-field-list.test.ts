import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFieldList } from './encode-field-list.ts';

describe('field names in a response header', () => {
  test('documented paths stay readable', () => {
    expect(encodeFieldList(['trace_id', 'model_params.list[1].x-y'])).toBe('trace_id, model_params.list[1].x-y');
    expect(encodeFieldList([])).toBe('');
  });

  test('everything else is percent-encoded and can be decoded again', () => {
    const path = "a\r\nSet-Cookie: x=1, ü😀%'()*!~";
    const encoded = encodeFieldList([path]);
    expect(encoded).toMatch(/^[A-Za-z0-9._%[\]-]+$/);
    expect(decodeURIComponent(encoded)).toBe(path);
  });

  test('of more than 20 names the rest is counted', () => {
    const names = Array.from({ length: 23 }, (_, index) => `n${index}`);
    expect(encodeFieldList(names)).toBe(`${names.slice(0, 20).join(', ')}, +3 more`);
    expect(encodeFieldList(names.slice(0, 20))).toBe(names.slice(0, 20).join(', '));
  });

  test('a name too long for the header is counted instead', () => {
    expect(encodeFieldList(['ü'.repeat(600)])).toBe('+1 more');
    expect(encodeFieldList(['a', 'x'.repeat(5000), 'b'])).toBe('a, +2 more');
  });

  test('no list of names makes a line break, a non-ASCII byte or more than 1024 bytes', () => {
    const names = fc.array(
      fc.string({ unit: fc.oneof(fc.constantFrom('\ud800', '\r', '\n', ','), fc.string()), maxLength: 60 }),
    );
    fc.assert(
      fc.property(names, (paths) => {
        const encoded = encodeFieldList(paths);
        expect(encoded).toMatch(/^[A-Za-z0-9._%[\]+, -]*$/);
        expect(encoded.length).toBeLessThanOrEqual(1024);
        expect(() => new Headers({ 'x-test': encoded })).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
