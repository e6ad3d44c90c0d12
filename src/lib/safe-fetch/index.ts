/**
 * The one guarded way to the network for URLs that came from outside: reference media, uploads by URL, callbacks.
 * Owns the judgement of URLs, names and addresses, and the limits on time and bytes. Knows no product words, signs
 * nothing and retries nothing.
 * Invariant: no byte is sent to an address that wasn't judged, and each judged answer is the one that is dialled. What the
 * operator has named is exempt: trusted hosts, and what a proxy looks up, of which only the host's text is judged.
 */

export { type DownloadCode, downloadCodes } from '../errors.ts';
export { type AddressRange, isInRange, parseAddress, parseAddressRange } from './address.ts';
export type { HostVerdict } from './check-host.ts';
export type { Scheme, UrlFault, UrlRules, UrlVerdict } from './check-url.ts';
export { type SafeFetchSettings, section } from './config.ts';
export type { Downloaded, DownloadOptions } from './download.ts';
export { type Fault, faults, NetworkFault } from './faults.ts';
export { isPublicUrl } from './is-public-url.ts';
export { createNetwork, type Network, type NetworkOptions } from './network.ts';
export { type Proxies, parseProxies } from './proxies.ts';
export { createResolver, orAsTheSystem, type Resolver } from './resolve-name.ts';
export type { SendOptions, SendOutcome, SendTiming } from './send.ts';
