import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInRange, parseAddress, parseAddressRange } from './address.ts';

const u32 = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n });
const u128 = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });

describe('parseAddress', () => {
  test('every IPv4 and IPv6 value survives being written and read', () => {
    fc.assert(
      fc.property(u32, (value) => {
        expect(parseAddress(writeIPv4(value))).toEqual({ family: 4, value });
      }),
    );
    fc.assert(
      fc.property(u128, (value) => {
        expect(parseAddress(writeIPv6(value))).toEqual({ family: 6, value });
      }),
    );
  });

  test('compressed, upper-case and dotted IPv6 forms mean the same value', () => {
    for (const text of ['::ffff:7f00:1', '::FFFF:7F00:1', '::ffff:127.0.0.1', '0:0:0:0:0:ffff:127.0.0.1']) {
      expect(parseAddress(text), text).toEqual({ family: 6, value: 0xffff7f000001n });
    }
    expect(parseAddress('::')).toEqual({ family: 6, value: 0n });
    expect(parseAddress('1::')).toEqual({ family: 6, value: 1n << 112n });
  });

  test.each(['127.1', '0x7f.1', '2130706433', '0177.0.0.1', '[::1]', '::1%lo', 'fe80::1%25eth0', ' 1.1.1.1', '', 'x'])(
    'what only some parsers take for an address is none: %s',
    (text) => expect(parseAddress(text)).toBeNull(),
  );
});

describe('parseAddressRange', () => {
  test('a single address is a range of one', () => {
    expect(parseAddressRange('10.1.2.3')).toEqual({ family: 4, value: 0x0a010203n, prefixLength: 32 });
    expect(parseAddressRange('::1')).toEqual({ family: 6, value: 1n, prefixLength: 128 });
  });

  test.each([
    ['localhost', 'must be an address range like 10.0.0.0/8 or fd00::/8'],
    ['10.0.0.0/8/8', 'must be an address range'],
    ['10.0.0.0/33', 'must have a prefix length from 0 to 32'],
    ['10.0.0.0/', 'must have a prefix length from 0 to 32'],
    ['fd00::/129', 'must have a prefix length from 0 to 128'],
    ['10.0.0.1/8', 'must have no bits set beyond the prefix'],
    ['fd00::1/8', 'must have no bits set beyond the prefix'],
  ])('%s is refused with the rule', (text, rule) => {
    expect(() => parseAddressRange(text)).toThrow(rule);
    expect(() => parseAddressRange(text)).toThrow(`is '${text}'`);
  });
});

describe('isInRange', () => {
  test('agrees with net.BlockList for every address, range and family', () => {
    const range = fc.oneof(
      fc
        .tuple(u32, fc.integer({ min: 0, max: 32 }))
        .map(([value, length]) => ({ text: writeIPv4(value), length, bits: 32 })),
      fc
        .tuple(u128, fc.integer({ min: 0, max: 128 }))
        .map(([value, length]) => ({ text: writeIPv6(value), length, bits: 128 })),
    );
    fc.assert(
      fc.property(range, u32, u128, fc.nat({ max: 128 }), (drawn, four, six, sharedBits) => {
        const isFour = drawn.bits === 32;
        const base = parseAddress(drawn.text)?.value ?? 0n;
        const mask = (1n << BigInt(drawn.bits - drawn.length)) - 1n;
        const write = isFour ? writeIPv4 : writeIPv6;
        // Half of the addresses share leading bits with the range, or hardly any would lie inside.
        const tailMask = (1n << BigInt(drawn.bits - Math.min(sharedBits, drawn.bits))) - 1n;
        const value = (base & ~tailMask) | ((isFour ? four : six) & tailMask);
        const list = new BlockList();
        list.addSubnet(drawn.text, drawn.length, isFour ? 'ipv4' : 'ipv6');
        const parsed = { ...parseAddressRange(`${write(base & ~mask)}/${drawn.length}`) };
        const address = parseAddress(write(value));
        expect(address !== null && isInRange(address, parsed)).toBe(list.check(write(value), isFour ? 'ipv4' : 'ipv6'));
      }),
      { numRuns: 500 },
    );
  });

  test('an IPv4 address inside IPv6 is not in an IPv4 range', () => {
    const mapped = parseAddress('::ffff:10.0.0.1');
    expect(mapped !== null && isInRange(mapped, parseAddressRange('10.0.0.0/8'))).toBe(false);
  });
});

function writeIPv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}

function writeIPv6(value: bigint): string {
  return Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(
    ':',
  );
}
