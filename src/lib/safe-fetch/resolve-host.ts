import { isIP } from 'node:net';
import { NetworkFault } from './faults.ts';
import { type AddressPolicy, judgeAddress } from './judge-address.ts';
import type { Resolver } from './resolve-name.ts';
import { isLocalhost, isSpecialName } from './special-names.ts';

/** Addresses tried at most for one connection; all answers are judged, however many. */
const dialledMax = 8;

/**
 * The addresses that may be dialled for a host (an address or a name), in the resolver's order. Throws a `NetworkFault`:
 * `refused_address` if any single answer is refused, since a name that also points inward is not to be trusted with a
 * second lookup; `dns_failed` if there is no answer.
 */
export async function resolveHost(
  host: string,
  policy: AddressPolicy,
  resolve: Resolver,
): Promise<readonly [string, ...string[]]> {
  if (isIP(host) !== 0) return keepJudged(host, [host], policy);
  if (isLocalhost(host)) return resolveLocalhost(host, policy);
  const mustBeOpened = isSpecialName(host);
  if (mustBeOpened && policy.allowAddresses.length === 0) throw refuse(host, 'a name for use inside a network');
  const addresses = await resolve(host).catch((error: Error) => {
    throw new NetworkFault('dns_failed', `${host}: ${error.message}`, error);
  });
  return keepJudged(host, addresses, policy, mustBeOpened);
}

/** Our own answer for localhost, so what isn't opened is left out instead of spoiling the rest. */
function resolveLocalhost(host: string, policy: AddressPolicy): readonly [string, ...string[]] {
  const [first, ...others] = ['127.0.0.1', '::1'].filter((address) => judgeAddress(address, policy) === 'opened');
  if (first === undefined) throw refuse(host, 'this machine');
  return [first, ...others];
}

function keepJudged(
  host: string,
  addresses: readonly string[],
  policy: AddressPolicy,
  mustBeOpened = false,
): readonly [string, ...string[]] {
  for (const address of addresses) {
    const verdict = judgeAddress(address, policy);
    if (verdict === 'refused' || (mustBeOpened && verdict !== 'opened')) throw refuse(host, address);
  }
  const [first, ...others] = addresses;
  if (first === undefined) throw new NetworkFault('dns_failed', `${host}: no address`);
  return [first, ...others.slice(0, dialledMax - 1)];
}

function refuse(host: string, why: string): NetworkFault {
  return new NetworkFault('refused_address', `${host}: ${why}`);
}
