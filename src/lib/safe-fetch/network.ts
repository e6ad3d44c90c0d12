import { Agent, type Dispatcher } from 'undici';
import type { AddressRange } from './address.ts';
import { createHostChecker, type HostChecker } from './check-host.ts';
import { checkUrl, hostOf, type UrlRules, type UrlVerdict } from './check-url.ts';
import { type Connector, createConnector } from './connect.ts';
import { type Downloaded, type DownloadOptions, download } from './download.ts';
import { type AddressPolicy, listInterfaceAddresses } from './judge-address.ts';
import { mergeLengths } from './merge-lengths.ts';
import { authorize } from './open-tunnel.ts';
import type { Proxies } from './proxies.ts';
import { createResolver, type Resolver } from './resolve-name.ts';
import { type SendOptions, type SendOutcome, send } from './send.ts';

export interface NetworkOptions {
  /** Ranges opened by the operator; empty in production unless the network's own hosts are wanted. */
  allowAddresses: readonly AddressRange[];
  /** Of `AddressPolicy`. */
  fakeAddresses?: readonly AddressRange[];
  trustsHost?: AddressPolicy['trustsHost'];
  onRefused?: AddressPolicy['onRefused'];
  /** Default: none; the proxy variables of the environment alone change nothing. */
  proxies?: Proxies | undefined;
  /**
   * Connections per origin for `send`; 1 to 1024. Default 64. A `download` waits for no other: slow answers of
   * a host that many use would else hold everybody up. Callers limit how many there are.
   */
  connectionsPerOriginMax?: number;
  /** Milliseconds for lookup, TCP and TLS of one connection. Default 10 s. */
  connectTimeoutMs?: number;
  /** Sent as `user-agent`; many public hosts refuse requests without one. */
  userAgent?: string;
  /** Default: hosts file and DNS, 5 s. */
  resolver?: Resolver;
  /** Default: the addresses of this machine's interfaces. */
  listOwnAddresses?: () => readonly string[];
  /** Certificate authorities in PEM, in place of the system's (with NODE_EXTRA_CA_CERTS). For tests. */
  ca?: readonly string[];
}

/** The only way out of this program for URLs that came from outside. */
export interface Network {
  checkUrl(text: string, rules: UrlRules): UrlVerdict;
  checkHost: HostChecker;
  download(url: string | URL, options: DownloadOptions): Promise<Downloaded>;
  send(url: string | URL, options: SendOptions): Promise<SendOutcome>;
  /** The same connections as those of `send`, for a host that the operator has named. Limits are its caller's. */
  agent: Dispatcher;
  /** Breaks off what is under way and closes every connection. */
  close(): Promise<void>;
}

/** Milliseconds after which an idle connection is closed; shorter than common servers' own (Node 5 s, nginx 75 s). */
const idleMs = 4_000;

/**
 * Creates the guarded network with its own connections: two networks, and sending and downloading within one, never
 * share a connection, so none is used under rules it wasn't judged by. Nothing is opened before the first use.
 */
export function createNetwork(options: NetworkOptions): Network {
  const policy: AddressPolicy = {
    allowAddresses: options.allowAddresses,
    listOwnAddresses: options.listOwnAddresses ?? rememberFor(10_000, listInterfaceAddresses),
    fakeAddresses: options.fakeAddresses,
    trustsHost: options.trustsHost,
    onRefused: options.onRefused,
  };
  const { proxies, userAgent } = options;
  const resolve = options.resolver ?? createResolver({ timeoutMs: 5_000 });
  const connector = createConnector({
    policy,
    resolve,
    timeoutMs: options.connectTimeoutMs ?? 10_000,
    ca: options.ca,
    proxies,
  });
  const sending = createAgent(connector, options.connectionsPerOriginMax ?? 64, proxies);
  const downloading = createAgent(connector, null, proxies);
  const merging = createAgent({ connect: mergeOnConnect(connector) }, null, proxies);
  const judgeUrl = (text: string, rules: UrlRules) => checkUrl(text, rules, policy);
  return {
    checkUrl: judgeUrl,
    checkHost: createHostChecker(policy, resolve, proxies),
    agent: sending,
    download: (url, options) => download({ agent: downloading, merging, userAgent, checkUrl: judgeUrl }, url, options),
    send: (url, options) => send({ agent: sending, connector, userAgent, checkUrl: judgeUrl }, url, options),
    close: async () => {
      connector.close();
      await Promise.all([sending, downloading, merging].map((agent) => agent.destroy()));
    },
  };
}

function mergeOnConnect({ connect }: Connector): Connector['connect'] {
  return (target, callback) => {
    connect(target, (...made) => {
      if (made[1] === null) callback(...made);
      else callback(null, mergeLengths(made[1], headBytesMax));
    });
  };
}

const headBytesMax = 16 * 1024;

function createAgent(
  connector: Pick<Connector, 'connect'>,
  connections: number | null,
  proxies: Proxies | undefined,
): Dispatcher {
  const agent = new Agent({
    connect: connector.connect,
    connections,
    pipelining: 1,
    // HTTP/2 would add its own floods and header bombs to guard against, for no gain with one request at a time.
    allowH2: false,
    keepAliveTimeout: idleMs,
    maxHeaderSize: headBytesMax,
  });
  if (proxies === undefined) return agent;
  return agent.compose((dispatch) => (request, handler) => dispatch(addressProxy(request, proxies), handler));
}

/** Without TLS there is no tunnel: the proxy is asked with the whole URL in place of the path (RFC 9112 §3.2.2). */
function addressProxy(request: Dispatcher.DispatchOptions, proxies: Proxies): Dispatcher.DispatchOptions {
  const url = new URL(String(request.origin));
  const proxy = url.protocol === 'http:' ? proxies.choose('http:', hostOf(url), Number(url.port || 80)) : null;
  if (proxy === null) return request;
  const headers = { ...(request.headers as Readonly<Record<string, string>>), ...authorize(proxy) };
  return { ...request, path: `${url.origin}${request.path}`, headers };
}

function rememberFor<T>(ms: number, read: () => T): () => T {
  let value: T;
  let until = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() > until) {
      value = read();
      until = performance.now() + ms;
    }
    return value;
  };
}
