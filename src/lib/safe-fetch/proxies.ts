import { isIP } from 'node:net';
import { type AddressRange, isInRange, parseAddress, parseAddressRange } from './address.ts';
import { isSpecialName } from './special-names.ts';

/** A forward proxy that speaks HTTP, and CONNECT for TLS. */
export interface ForwardProxy {
  /** `http://host:port` or `https://host:port`; without credentials, so that it may be logged. */
  origin: string;
  /** The whole `proxy-authorization` header, where the operator gave a name and a password. */
  authorization: string | undefined;
}

/** Which proxy leads to which host. */
export interface Proxies {
  /** The proxy on the way to a host (without brackets) and port, or null for the direct way. */
  choose(protocol: 'https:' | 'http:', host: string, port: number): ForwardProxy | null;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not, as curl and most programs mean them. Throws an Error whose
 * message names the variable and its rule. Names that only make sense inside a network, and addresses of this machine,
 * never go through a proxy: they can only be judged here.
 */
export function parseProxies(environment: Variables): Proxies {
  const read = (name: string) => (environment[name.toLowerCase()] || environment[name])?.trim() || undefined;
  const https = parseProxy('HTTPS_PROXY', read('HTTPS_PROXY'));
  const http = parseProxy('HTTP_PROXY', read('HTTP_PROXY'));
  if (https === null && http === null) throw new Error('needs HTTPS_PROXY or HTTP_PROXY, and neither is set');
  const exceptions = (read('NO_PROXY') ?? '').split(/[\s,]+/).filter((word) => word !== '');
  const tests = exceptions.map(parseException);
  return {
    choose(protocol, host, port) {
      const isOwn = isIP(host) === 0 ? isSpecialName(host) : isLoopback(host);
      if (isOwn || tests.some((matches) => matches(host.toLowerCase(), port))) return null;
      return protocol === 'https:' ? https : http;
    },
  };
}

function parseProxy(name: string, text: string | undefined): ForwardProxy | null {
  if (text === undefined) return null;
  // curl takes `proxy:3128` for http.
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  // Neither the value nor a part of it is told: it may hold a password.
  if (!URL.canParse(full)) throw new Error(`${name} must be an address like http://proxy.example.com:3128`);
  const url = new URL(full);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(`${name} must be an http:// or https:// proxy, is one of ${url.protocol}//`);
  }
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const authorization = credentials === ':' ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
  return { origin: url.origin, authorization };
}

/** `*`, a name with those below it (`example.com`, `.example.com`, `*.example.com`), an address or a range; `:port` narrows it. */
function parseException(word: string): (host: string, port: number) => boolean {
  if (word === '*') return () => true;
  const [, bare = word, portText] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(word) ?? [];
  const isPort = (port: number) => portText === undefined || Number(portText) === port;
  const range = tryRange(bare.replace(/^\[|\]$/g, ''));
  if (range !== null) {
    return (host, port) => {
      const address = parseAddress(host);
      return address !== null && isInRange(address, range) && isPort(port);
    };
  }
  const name = bare.toLowerCase().replace(/^\*?\./, '');
  return (host, port) => (host === name || host.endsWith(`.${name}`)) && isPort(port);
}

function tryRange(text: string): AddressRange | null {
  try {
    return parseAddressRange(text);
  } catch {
    return null;
  }
}

const loopbacks = ['127.0.0.0/8', '::1', '0.0.0.0/8', '::'].map(parseAddressRange);

function isLoopback(host: string): boolean {
  const address = parseAddress(host);
  return address !== null && loopbacks.some((range) => isInRange(address, range));
}
