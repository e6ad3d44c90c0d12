import {
  createNetwork,
  createResolver,
  type Network,
  type NetworkOptions,
  orAsTheSystem,
} from '../../lib/safe-fetch/index.ts';

/** Where the vendor keeps what its answers link to: results, and the material of elements (seen in answers since 2025). */
const vendorDomains = ['klingai.com', 'kechuangai.com'];

/**
 * The way to the Kling API and to the vendor's own hosts, wherever their names lead to: the addresses that the operator has
 * named for it, and links of its answers to the vendor's domains. Other links are judged as the addresses of strangers are.
 */
export function createKlingNetwork(accounts: readonly { klingBaseUrl: string }[], options: NetworkOptions): Network {
  const own = accounts.map(({ klingBaseUrl }) => new URL(klingBaseUrl).hostname.replace(/^\[|\]$/g, ''));
  return createNetwork({
    ...options,
    trustsHost: (host) => own.includes(host) || vendorDomains.some((domain) => host.endsWith(`.${domain}`)),
    // An operator may name a relay as this machine knows it.
    resolver: orAsTheSystem(options.resolver ?? createResolver({ timeoutMs: 5_000 })),
  });
}
