import { isIP } from 'node:net';
import { badPorts } from './bad-ports.ts';
import { type AddressPolicy, describeRefusal, judgeAddress } from './judge-address.ts';
import { isSpecialName } from './special-names.ts';

export type Scheme = 'https' | 'http';

export type UrlFault = 'malformed' | 'too_long' | 'scheme' | 'userinfo' | 'port' | 'host' | 'refused_address';

export type UrlVerdict = { ok: true; url: URL } | { ok: false; reason: UrlFault; message: string };

export interface UrlRules {
  schemes: readonly Scheme[];
  /** Characters, both of the text as given and of the URL as it is sent. */
  lengthMax: number;
}

/**
 * Judges a URL by its text alone, without any lookup. A good one comes back parsed, without fragment and without the
 * dot that may end a host name; everything later uses only this object, never the text, so that no two parsers can
 * differ. The message is a predicate without its subject (`must use https, uses http`), safe to show to anybody.
 */
export function checkUrl(given: string, rules: UrlRules, policy: AddressPolicy): UrlVerdict {
  // White space comes with pasting and with the end of a line; browsers drop it.
  const text = given.trim();
  if (text.length > rules.lengthMax) return tooLong(text.length, rules);
  const url = parseUrl(text);
  if (url === null) return refuse('malformed', 'must be an absolute URL like https://host/path');
  const scheme = url.protocol.slice(0, -1);
  if (!(rules.schemes as readonly string[]).includes(scheme)) {
    return refuse('scheme', `must use ${rules.schemes.join(' or ')}, uses ${scheme.slice(0, 20)}`);
  }
  if (/^[^/]*\/\/[^/?#]*@/.test(text)) return refuse('userinfo', 'must not carry a user name or password');
  if (url.port !== '' && badPorts.has(Number(url.port))) {
    return refuse('port', `must not use port ${url.port}, which belongs to another protocol`);
  }
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  url.hash = '';
  if (url.href.length > rules.lengthMax) return tooLong(url.href.length, rules);
  return checkHostText(url, policy);
}

/** The host as an address or a name, without the brackets that `URL` keeps around IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

/**
 * `URL` repairs what it can: it drops tabs and newlines, turns backslashes into slashes and fills in missing slashes.
 * Other parsers don't, so that text needing such repair is refused.
 */
function parseUrl(text: string): URL | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f\\]/.test(text) || !/^[a-z][a-z0-9+.-]*:/i.test(text)) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url !== null && /^https?:$/.test(url.protocol);
  return isWeb && !/^https?:\/\/[^/]/i.test(text) ? null : url;
}

function checkHostText(url: URL, policy: AddressPolicy): UrlVerdict {
  const host = hostOf(url);
  if (policy.trustsHost?.(host)) return { ok: true, url };
  if (isIP(host) !== 0) {
    if (judgeAddress(host, policy) !== 'refused') return { ok: true, url };
    policy.onRefused?.(`${host}: ${describeRefusal(host)}`);
    return refuseInternal();
  }
  if (host.length > 253 || host.split('.').some((label) => label.length < 1 || label.length > 63)) {
    return refuse('host', 'must have a host name of at most 253 characters, each part 1 to 63 characters');
  }
  return isSpecialName(host) && policy.allowAddresses.length === 0 ? refuseInternal() : { ok: true, url };
}

function tooLong(length: number, rules: UrlRules): UrlVerdict {
  return refuse('too_long', `must have at most ${rules.lengthMax} characters, has ${length}`);
}

function refuseInternal(): UrlVerdict {
  return refuse('refused_address', 'must not point to an internal address');
}

function refuse(reason: UrlFault, message: string): UrlVerdict {
  return { ok: false, reason, message };
}
