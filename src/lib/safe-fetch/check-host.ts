import { hostOf } from './check-url.ts';
import { toFault } from './faults.ts';
import type { AddressPolicy } from './judge-address.ts';
import { resolveHost } from './resolve-host.ts';
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
export function createHostChecker(policy: AddressPolicy, resolve: Resolver): HostChecker {
  const verdicts = new Map<string, { verdict: Promise<HostVerdict>; until: number }>();

  function judge(host: string): Promise<HostVerdict> {
    const known = verdicts.get(host);
    if (known !== undefined && performance.now() < known.until) return known.verdict;
    const verdict = resolveHost(host, policy, resolve).then(
      () => 'allowed' as const,
      (error) => (toFault(error).fault === 'refused_address' ? 'refused' : 'unknown'),
    );
    verdicts.delete(host);
    verdicts.set(host, { verdict, until: performance.now() + believedMs });
    const [oldest] = verdicts.keys();
    if (verdicts.size > verdictsMax && oldest !== undefined) verdicts.delete(oldest);
    verdict.then((settled) => settled === 'unknown' && verdicts.delete(host));
    return verdict;
  }

  return async (url, { timeoutMs }) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<HostVerdict>((resolveLate) => {
      timer = setTimeout(() => resolveLate('unknown'), timeoutMs);
    });
    return await Promise.race([judge(hostOf(url)), late]).finally(() => clearTimeout(timer));
  };
}
