import { Resolver as DnsResolver, lookup } from 'node:dns/promises';
import { createHostsFile } from './hosts-file.ts';

/** Every address of a name, both families. Rejects with an Error that says why when there is none. */
export type Resolver = (hostname: string) => Promise<readonly string[]>;

export interface ResolverOptions {
  /** Milliseconds for both families together. */
  timeoutMs: number;
  /** Name servers as `address` or `address:port`; default those of the system. */
  servers?: readonly string[];
  hostsPath?: string;
}

/** Milliseconds to wait for the other family once one has answered: a server that drops AAAA queries is not rare. */
const otherFamilyMs = 500;

/**
 * Looks names up in the hosts file, then in the DNS. Not `dns.lookup`: that runs on the four threads that files and
 * image decoding need too, and one slow name server stops them all. Search domains are therefore not tried.
 */
export function createResolver(options: ResolverOptions): Resolver {
  const findInHosts = createHostsFile(options.hostsPath);
  // Two tries, each given half of the time; the second wait is doubled by c-ares, so the outer limit decides.
  const dns = new DnsResolver({ timeout: Math.max(1, Math.floor(options.timeoutMs / 2)), tries: 2 });
  if (options.servers !== undefined) dns.setServers(options.servers);
  return async (hostname) => {
    const listed = await findInHosts(hostname);
    if (listed.length > 0) return listed;
    return await mergeFamilies([dns.resolve4(hostname), dns.resolve6(hostname)], options.timeoutMs);
  };
}

/** As the system looks names up, search domains and local services included, where `resolver` finds nothing: for few hosts. */
export function orAsTheSystem(resolver: Resolver): Resolver {
  return async (hostname) => {
    try {
      return await resolver(hostname);
    } catch (error) {
      const found = await lookup(hostname, { all: true }).catch(() => []);
      if (found.length === 0) throw error;
      return found.map(({ address }) => address);
    }
  };
}

/**
 * Resolves with the addresses of both families, or with those of one when the other fails or is late. IPv4 first: where
 * one of the two has no route it is IPv6, and the first address that is dialled gets the most patience.
 */
function mergeFamilies(lookups: readonly Promise<string[]>[], timeoutMs: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const found: string[][] = lookups.map(() => []);
    let open = lookups.length;
    let failure = 'no address';
    const late = `no answer within ${timeoutMs} ms`;
    let timer = setTimeout(finish, timeoutMs, late);
    function finish(reason: string): void {
      clearTimeout(timer);
      const addresses = found.flat();
      if (addresses.length > 0) resolve(addresses);
      else reject(new Error(reason));
    }
    function settle(index: number, addresses: string[]): void {
      found[index] = addresses;
      open -= 1;
      if (open === 0) finish(failure);
      else if (addresses.length > 0) {
        clearTimeout(timer);
        timer = setTimeout(finish, Math.min(otherFamilyMs, timeoutMs), late);
      }
    }
    for (const [index, lookup] of lookups.entries()) {
      lookup.then(
        (addresses) => settle(index, addresses),
        (error: { code?: string }) => {
          // "No address of this family" says less than whatever became of the other one.
          if (error.code !== 'ENODATA') failure = error.code ?? String(error);
          settle(index, []);
        },
      );
    }
  });
}
