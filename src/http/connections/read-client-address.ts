import type { AddressRange } from '../../lib/safe-fetch/index.ts';
import { isInRange, parseAddress } from '../../lib/safe-fetch/index.ts';

/** A socket's address as people write it: an IPv4 address that came over IPv6 is one of IPv4. */
export function readClientAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
}

/**
 * Who shares one share: an IPv4 address, or the first 64 bits of an IPv6 address, which one customer has to himself and
 * more addresses in them than any table could hold.
 */
export function readShareOf(address: string): string {
  const parsed = parseAddress(address.replace(/%.*$/, ''));
  return parsed?.family === 6 ? `${(parsed.value >> 64n).toString(16)}/64` : address;
}

/** Whether the proxy at `address` is believed. */
export function isTrusted(address: string | undefined, ranges: readonly AddressRange[]): boolean {
  const parsed = parseAddress(readClientAddress(address));
  return parsed !== null && ranges.some((range) => isInRange(parsed, range));
}
