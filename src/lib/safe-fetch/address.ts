import { isIP, isIPv4 } from 'node:net';

/** An IP address as a number: 32 bits for family 4, 128 bits for family 6. Never compared as text. */
export interface Address {
  family: 4 | 6;
  value: bigint;
}

/** A block of addresses that share their first `prefixLength` bits; the other bits of `value` are 0. */
export interface AddressRange extends Address {
  prefixLength: number;
}

/**
 * Reads one address as a resolver or a socket prints it, or answers null. Strict on purpose: no zone (`%eth0`), no
 * brackets, no short or octal IPv4 forms. The family comes from `net.isIP`, because a wrong family makes
 * `net.BlockList` answer "not blocked" instead of failing.
 */
export function parseAddress(text: string): Address | null {
  const family = isIP(text);
  if (family === 0 || text.includes('%')) return null;
  return family === 4 ? { family: 4, value: parseIPv4(text) } : { family: 6, value: parseIPv6(text) };
}

/**
 * Reads `10.0.0.0/8`, `fd00::/8` or a single address. For settings: throws an Error whose message is the rule, also for
 * bits set beyond the prefix, since `10.1.2.3/8` is more often a slip than intended.
 */
export function parseAddressRange(text: string): AddressRange {
  const [addressText = '', prefixText, ...rest] = text.split('/');
  const address = parseAddress(addressText);
  if (address === null || rest.length > 0) {
    throw new Error(`must be an address range like 10.0.0.0/8 or fd00::/8, is '${text}'`);
  }
  const bits = countBits(address.family);
  const prefixLength = prefixText === undefined ? bits : Number(prefixText);
  if (prefixText !== undefined && (!/^\d{1,3}$/.test(prefixText) || prefixLength > bits)) {
    throw new Error(`must have a prefix length from 0 to ${bits}, is '${text}'`);
  }
  const range = { ...address, prefixLength };
  if ((address.value & hostMask(range)) !== 0n) {
    throw new Error(`must have no bits set beyond the prefix, is '${text}'`);
  }
  return range;
}

/** Whether `address` lies in `range`. Different families never match, so a mapped IPv4 address is not IPv4 here. */
export function isInRange(address: Address, range: AddressRange): boolean {
  return address.family === range.family && (address.value | hostMask(range)) === (range.value | hostMask(range));
}

function countBits(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

function hostMask(range: AddressRange): bigint {
  return (1n << BigInt(countBits(range.family) - range.prefixLength)) - 1n;
}

function parseIPv4(text: string): bigint {
  return text.split('.').reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseIPv6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const before = parseGroups(head);
  const after = tail === undefined ? [] : parseGroups(tail);
  const zeros = new Array<bigint>(8 - before.length - after.length).fill(0n);
  return [...before, ...zeros, ...after].reduce((value, group) => (value << 16n) | group, 0n);
}

function parseGroups(text: string): bigint[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!isIPv4(group)) return [BigInt(`0x${group}`)];
    const value = parseIPv4(group);
    return [value >> 16n, value & 0xffffn];
  });
}
