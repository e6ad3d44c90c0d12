import { networkInterfaces } from 'node:os';
import { type Address, type AddressRange, isInRange, parseAddress } from './address.ts';
import { section } from './config.ts';
import { benchmarking, globalIPv6, nat64, specialIPv4, specialIPv6 } from './special-ranges.ts';

/** Which addresses one network may talk to. */
export interface AddressPolicy {
  /** Opened by the operator in so many words; wins over every refusal. */
  allowAddresses: readonly AddressRange[];
  /** The addresses of this machine, so that it can't be asked to call itself by its public address. */
  listOwnAddresses: () => readonly string[];
  /** Answers that a proxy in this network gives for every name and dials itself; good for names, never by themselves. */
  fakeAddresses?: readonly AddressRange[] | undefined;
  /** Hosts that the operator or a service of the operator's choice has named: dialled wherever they are. */
  trustsHost?: ((host: string) => boolean) | undefined;
  /** Told of every refusal, in words for the operator: the host, why, and what opens it. */
  onRefused?: ((why: string) => void) | undefined;
}

/**
 * `opened`: inside a range that the operator opened. `public`: the public internet, and not this machine.
 * `refused`: anything else, also text that isn't an address.
 */
export type AddressVerdict = 'opened' | 'public' | 'refused';

/**
 * Judges the very address that would be dialled, as printed by a resolver or by `URL` without brackets. One of NAT64 is
 * judged as the IPv4 address that its translator will dial; it may also be opened as it is.
 */
export function judgeAddress(text: string, policy: AddressPolicy): AddressVerdict {
  const sent = parseAddress(text);
  if (sent === null) return 'refused';
  if (policy.allowAddresses.some((range) => isInRange(sent, range))) return 'opened';
  const address = isInRange(sent, nat64) ? takeEmbedded(sent) : sent;
  if (policy.allowAddresses.some((range) => isInRange(address, range))) return 'opened';
  if (!isPublicAddress(address)) return 'refused';
  return policy.listOwnAddresses().some((own) => isSameAddress(parseAddress(own), address)) ? 'refused' : 'public';
}

/** Whether the address, as a resolver has answered it for a name, stands for whatever a proxy will dial. */
export function isFakeAddress(text: string, { fakeAddresses = [] }: AddressPolicy): boolean {
  const address = parseAddress(text);
  return address !== null && fakeAddresses.some((range) => isInRange(address, range));
}

/** Why an address that was judged as `refused` is so, and which setting would open it; for the log. */
export function describeRefusal(text: string): string {
  const address = parseAddress(text);
  if (address === null) return `${text} is no address`;
  const range = `${text}/${address.family === 4 ? 32 : 128}`;
  if (isPublicAddress(address)) {
    return `${text} is an address of this machine; ${section.allowAddresses.env}=${range} opens it`;
  }
  const isFake = isInRange(address, benchmarking);
  const hint = isFake
    ? `where a proxy answers so for every name, ${section.fakeAddresses.env}=198.18.0.0/15 lets names have such addresses`
    : `${section.allowAddresses.env}=${range} opens it`;
  return `${text} is not of the public internet; ${hint}`;
}

/** The last 32 bits, where the prefix is one of 96 (RFC 6052 §2.2). */
function takeEmbedded({ value }: Address): Address {
  return { family: 4, value: value & 0xffff_ffffn };
}

/** Whether the address belongs to the public internet by the registries in `special-ranges.ts`. */
export function isPublicAddress(address: Address): boolean {
  if (address.family === 4) return !specialIPv4.some((range) => isInRange(address, range));
  return isInRange(address, globalIPv6) && !specialIPv6.some((range) => isInRange(address, range));
}

/** The addresses of this machine's network interfaces at this moment. */
export function listInterfaceAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((one) => one.address));
}

function isSameAddress(one: Address | null, other: Address): boolean {
  return one !== null && one.family === other.family && one.value === other.value;
}
