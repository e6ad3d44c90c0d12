import { hostOf } from './check-url.ts';
import { toFault } from './faults.ts';
import type { AddressPolicy } from './judge-address.ts';
import type { Proxies } from './proxies.ts';
import { judgeUnresolved, resolveHost } from './resolve-host.ts';
import type { Resolver } from './resolve-name.ts';

/** `unknown`: no answer in time, or a name that doesn't exist (yet); not a reason to refuse. */
export type HostVerdict = 'allowed' | 'refused' | 'unknown';

export type HostChecker = (url: URL, options: { timeoutMs: number }) => Promise<HostVerdict>;

/** How long a verdict is believed, and how many are kept. Only advice at submission: sending always judges anew. */
const believedMs = 10_000;
const verdictsMax = 1_000;

/**
 * Judges where a URL points today, so that a definitely internal one is refused when it is submitted. Never throws; an
 * `unknown` is not remembered beyond the lookup that is under way.
 */
export function createHostChecker(policy: AddressPolicy, resolve: Resolver, proxies?: Proxies): HostChecker {
  const verdicts = new Map<string, { verdict: Promise<HostVerdict>; until: number }>();

  /** What a proxy will look up may have another answer here, or none. */
  function isProxied(url: URL): boolean {
    const protocol = url.protocol === 'https:' ? 'https:' : 'http:';
    const port = Number(url.port || (protocol === 'https:' ? 443 : 80));
    return (proxies?.choose(protocol, hostOf(url), port) ?? null) !== null;
  }

  async function judge(url: URL): Promise<HostVerdict> {
    const host = hostOf(url);
    if (isProxied(url)) return await toVerdict(async () => judgeUnresolved(host, policy));
    const known = verdicts.get(host);
    if (known !== undefined && performance.now() < known.until) return await known.verdict;
    const verdict = toVerdict(() => resolveHost(host, policy, resolve));
    verdicts.delete(host);
    verdicts.set(host, { verdict, until: performance.now() + believedMs });
    const [oldest] = verdicts.keys();
    if (verdicts.size > verdictsMax && oldest !== undefined) verdicts.delete(oldest);
    verdict.then((settled) => settled === 'unknown' && verdicts.delete(host));
    return await verdict;
  }

  return async (url, { timeoutMs }) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<HostVerdict>((resolveLate) => {
      timer = setTimeout(() => resolveLate('unknown'), timeoutMs);
    });
    return await Promise.race([judge(url), late]).finally(() => clearTimeout(timer));
  };
}

async function toVerdict(work: () => Promise<unknown>): Promise<HostVerdict> {
  try {
    await work();
    return 'allowed';
  } catch (error) {
    return toFault(error).fault === 'refused_address' ? 'refused' : 'unknown';
  }
}
