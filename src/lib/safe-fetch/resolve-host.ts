import { isIP } from 'node:net';
import { section } from './config.ts';
import { NetworkFault } from './faults.ts';
import { type AddressPolicy, describeRefusal, isFakeAddress, judgeAddress } from './judge-address.ts';
import type { Resolver } from './resolve-name.ts';
import { isLocalhost, isSpecialName } from './special-names.ts';

/** Addresses tried at most for one connection; all answers are judged, however many. */
const dialledMax = 8;

/**
 * The addresses that may be dialled for a host (an address or a name), in the resolver's order. Throws a `NetworkFault`:
 * `refused_address` if any single answer is refused, since a name that also points inward is not to be trusted with a
 * second lookup; `dns_failed` if there is no answer. Of a trusted host nothing is judged.
 */
export async function resolveHost(
  host: string,
  policy: AddressPolicy,
  resolve: Resolver,
): Promise<readonly [string, ...string[]]> {
  if (policy.trustsHost?.(host)) return isIP(host) === 0 ? takeFirst(host, await lookUp(host, resolve)) : [host];
  if (isIP(host) !== 0) return keepJudged(host, [host], policy);
  if (isLocalhost(host)) return resolveLocalhost(host, policy);
  const mustBeOpened = isSpecialName(host);
  if (mustBeOpened && policy.allowAddresses.length === 0) throw refuse(host, insideOnly, policy);
  return keepJudged(host, await lookUp(host, resolve), policy, mustBeOpened);
}

/**
 * Judges a host that a proxy will look up: all that can be told without its addresses. Throws a `NetworkFault`
 * `refused_address`.
 */
export function judgeUnresolved(host: string, policy: AddressPolicy): void {
  if (policy.trustsHost?.(host)) return;
  if (isIP(host) !== 0) keepJudged(host, [host], policy);
  else if (isSpecialName(host)) throw refuse(host, insideOnly, policy);
}

const insideOnly = `a name for use inside a network; ${section.allowAddresses.env} with its address opens it`;

async function lookUp(host: string, resolve: Resolver): Promise<readonly string[]> {
  return await resolve(host).catch((error: Error) => {
    throw new NetworkFault('dns_failed', `${host}: ${error.message}`, error);
  });
}

/** Our own answer for localhost, so what isn't opened is left out instead of spoiling the rest. */
function resolveLocalhost(host: string, policy: AddressPolicy): readonly [string, ...string[]] {
  const [first, ...others] = ['127.0.0.1', '::1'].filter((address) => judgeAddress(address, policy) === 'opened');
  if (first === undefined)
    throw refuse(host, `this machine; ${section.allowAddresses.env}=127.0.0.0/8 opens it`, policy);
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
    if (verdict === 'refused' && !mustBeOpened && isIP(host) === 0 && isFakeAddress(address, policy)) continue;
    if (verdict === 'refused') throw refuse(host, describeRefusal(address), policy);
    if (mustBeOpened && verdict !== 'opened') throw refuse(host, `${address}, and ${insideOnly}`, policy);
  }
  return takeFirst(host, addresses);
}

function takeFirst(host: string, addresses: readonly string[]): readonly [string, ...string[]] {
  const [first, ...others] = addresses;
  if (first === undefined) throw new NetworkFault('dns_failed', `${host}: no address`);
  return [first, ...others.slice(0, dialledMax - 1)];
}

function refuse(host: string, why: string, policy: AddressPolicy): NetworkFault {
  policy.onRefused?.(`${host}: ${why}`);
  return new NetworkFault('refused_address', `${host}: ${why}`);
}
