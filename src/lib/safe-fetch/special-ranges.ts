import { type AddressRange, parseAddressRange } from './address.ts';

/**
 * IPv4 blocks that are not the public internet. Source: IANA IPv4 Special-Purpose Address Registry, with multicast and
 * the reserved block, and 168.63.129.16, the address under which Azure serves each of its machines.
 */
export const specialIPv4: readonly AddressRange[] = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // Azure wire server
  '169.254.0.0/16', // link-local, cloud metadata
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
].map(parseAddressRange);

/** What proxies that answer for every name take their answers from (`fake-ip`), since nobody else uses it. */
export const benchmarking: AddressRange = parseAddressRange('198.18.0.0/15');

/**
 * The only IPv6 block handed out as global unicast (IANA IPv6 Address Space). Asking for it instead of listing what is
 * bad keeps out every form that carries an IPv4 address (mapped, compatible, translated), unique local,
 * link-local, site-local, multicast and whatever is defined later.
 */
export const globalIPv6: AddressRange = parseAddressRange('2000::/3');

/**
 * The well-known prefix of NAT64 (RFC 6052): networks without IPv4 answer with it around every public IPv4 address. Not the
 * local one, 64:ff9b:1::/48 (RFC 8215): where in it the IPv4 address stands is each network's own choice.
 */
export const nat64: AddressRange = parseAddressRange('64:ff9b::/96');

/** Blocks inside 2000::/3 that are not the public internet. Source: IANA IPv6 Special-Purpose Address Registry. */
export const specialIPv6: readonly AddressRange[] = [
  '2001::/23', // protocol assignments, Teredo, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
].map(parseAddressRange);
