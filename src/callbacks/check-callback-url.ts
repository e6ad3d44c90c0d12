import type { Network } from '../lib/safe-fetch/index.ts';
import { invalidCallbackUrl } from './errors.ts';

/** Characters of the URL, as given and as sent (contract §1.5). */
const callbackUrlLengthMax = 2048;

/** Milliseconds spent on asking where the host points; no answer by then is no reason to refuse. */
const lookupMs = 1_000;

/**
 * The callback URL as it is stored and later used: https, without fragment, not pointing to an internal address as far
 * as can be known now. Sending judges the address again each time. Looks the name up (≤ 1 s, answers kept for 10 s), so
 * call it outside of any transaction.
 *
 * Throws `invalid_request` (400, param `callback_url`) with the rule and the measured value.
 */
export async function checkCallbackUrl(
  network: Pick<Network, 'checkUrl' | 'checkHost'>,
  text: string,
): Promise<string> {
  const verdict = network.checkUrl(text, { schemes: ['https'], lengthMax: callbackUrlLengthMax });
  if (!verdict.ok) throw invalidCallbackUrl(verdict.message);
  if ((await network.checkHost(verdict.url, { timeoutMs: lookupMs })) === 'refused') {
    throw invalidCallbackUrl('must not point to an internal address');
  }
  return verdict.url.href;
}
