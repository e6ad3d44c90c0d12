import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AddressRange, parseAddress, parseAddressRange } from './address.ts';
import { isPublicAddress, judgeAddress } from './judge-address.ts';
import { globalIPv6, specialIPv4, specialIPv6 } from './special-ranges.ts';

const closed = { allowAddresses: [], listOwnAddresses: () => [] };
const u32 = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n });
const u128 = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });

function lastOf(range: AddressRange): bigint {
  return range.value + 2n ** BigInt((range.family === 4 ? 32 : 128) - range.prefixLength) - 1n;
}

function isListed(family: 4 | 6, value: bigint): boolean {
  const ranges = family === 4 ? specialIPv4 : specialIPv6;
  return ranges.some((range) => value >= range.value && value <= lastOf(range));
}

describe('the public internet', () => {
  test('each special range is refused from its first to its last address, and its neighbours are judged on their own', () => {
    for (const range of [...specialIPv4, ...specialIPv6]) {
      const { family } = range;
      for (const value of [range.value, range.value + 1n, lastOf(range) - 1n, lastOf(range)]) {
        const isInside = value >= range.value && value <= lastOf(range);
        if (isInside) expect(isPublicAddress({ family, value }), `${family} ${value.toString(16)}`).toBe(false);
      }
      for (const value of [range.value - 1n, lastOf(range) + 1n]) {
        const isAddress = value >= 0n && value < 2n ** (family === 4 ? 32n : 128n);
        const isGlobal = family === 4 || value >> 125n === 1n;
        if (isAddress) expect(isPublicAddress({ family, value })).toBe(isGlobal && !isListed(family, value));
      }
    }
  });

  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '168.63.129.15',
    '168.63.129.17',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '191.255.255.255',
    '192.0.1.0',
    '192.0.3.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2001:200::',
    '2001:4860:4860::8888',
    '2003::',
    '2606:4700::1111',
    '2a00::1',
    '2001:db7:ffff::',
    '2001:db9::',
    '3ffe:ffff::',
    '3fff:1000::',
    '64:ff9b::1.1.1.1',
    '64:ff9b::a29f:8ae8',
  ])('%s is public', (address) => expect(judgeAddress(address, closed)).toBe('public'));

  test.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.255',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.19.255.255',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:1.1.1.1',
    '::ffff:0:1.1.1.1',
    '::1.1.1.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::127.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::1:101:101',
    '64:ff9b:1::1.1.1.1',
    '100::1',
    '100:0:0:1::1',
    '1::1',
    '1fff:ffff::',
    '2001::1',
    '2001:1ff::1',
    '2001:db8::1',
    '2002:101:101::',
    '2620:4f:8000::1',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '::1%lo',
    'fe80::1%eth0',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    'localhost',
    '',
  ])('%s is refused', (address) => expect(judgeAddress(address, closed)).toBe('refused'));

  test('every IPv4 address is public exactly if no special range holds it', () => {
    fc.assert(
      fc.property(u32, (value) => {
        expect(isPublicAddress({ family: 4, value })).toBe(!isListed(4, value));
      }),
      {
        numRuns: 5_000,
      },
    );
  });

  test('every IPv6 address outside 2000::/3 is refused', () => {
    fc.assert(
      fc.property(u128, (value) => {
        const isGlobal = value >= globalIPv6.value && value <= lastOf(globalIPv6);
        expect(isPublicAddress({ family: 6, value })).toBe(isGlobal && !isListed(6, value));
      }),
      { numRuns: 5_000 },
    );
  });

  test('an address of NAT64 is judged as the IPv4 address in it, also one that was opened or is of this machine', () => {
    const inside = (four: bigint) => `64:ff9b::${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
    const policy = { allowAddresses: [parseAddressRange('10.9.0.0/16')], listOwnAddresses: () => ['1.2.3.4'] };
    fc.assert(
      fc.property(u32, (four) => {
        const plain = [24n, 16n, 8n, 0n].map((shift) => String((four >> shift) & 255n)).join('.');
        expect(judgeAddress(inside(four), policy), plain).toBe(judgeAddress(plain, policy));
      }),
      { numRuns: 5_000 },
    );
    expect(judgeAddress('64:ff9b::10.9.0.1', policy)).toBe('opened');
    expect(judgeAddress('64:ff9b::1.2.3.4', policy)).toBe('refused');
  });

  test('no other IPv6 form that carries an IPv4 address is ever public, not even around a public one', () => {
    const forms: Record<string, (four: bigint) => bigint> = {
      compatible: (four) => four,
      mapped: (four) => (0xffffn << 32n) | four,
      translated: (four) => (0xffffn << 48n) | four,
      'nat64, local': (four) => (0x64ff9b0001n << 80n) | four,
      '6to4': (four) => (0x2002n << 112n) | (four << 80n),
      'Teredo server': (four) => (0x20010000n << 96n) | (four << 64n),
      'Teredo client': (four) => (0x20010000n << 96n) | (four ^ 0xffffffffn),
    };
    for (const [name, form] of Object.entries(forms)) {
      fc.assert(
        fc.property(u32, (four) => {
          expect(isPublicAddress({ family: 6, value: form(four) }), name).toBe(false);
        }),
        {
          numRuns: 1_000,
        },
      );
    }
  });
});

describe('opened ranges and own addresses', () => {
  const opened = { ...closed, allowAddresses: [parseAddressRange('127.0.0.0/8'), parseAddressRange('fd00::/16')] };

  test('an opened range opens its own addresses and nothing else', () => {
    expect(judgeAddress('127.9.9.9', opened)).toBe('opened');
    expect(judgeAddress('fd00:ffff::1', opened)).toBe('opened');
    for (const address of ['10.0.0.1', '128.0.0.1', '::1', '::ffff:127.0.0.1', '::127.0.0.1', 'fd01::1']) {
      expect(judgeAddress(address, opened), address).not.toBe('opened');
    }
  });

  test('a public address of this machine is refused in every spelling, unless it was opened', () => {
    const own = { ...closed, listOwnAddresses: () => ['1.2.3.4', '2a00::5', 'fe80::1%eth0'] };
    expect(judgeAddress('1.2.3.4', own)).toBe('refused');
    expect(judgeAddress('2A00:0:0::5', own)).toBe('refused');
    expect(judgeAddress('1.2.3.5', own)).toBe('public');
    expect(judgeAddress('1.2.3.4', { ...own, allowAddresses: [parseAddressRange('1.2.3.4')] })).toBe('opened');
  });

  test('the table of special ranges is well formed', () => {
    expect(specialIPv4).toHaveLength(19);
    expect(specialIPv6).toHaveLength(5);
    expect(parseAddress('2000::')?.value).toBe(globalIPv6.value);
  });
});
