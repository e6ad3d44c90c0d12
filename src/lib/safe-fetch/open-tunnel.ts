import type { Socket } from 'node:net';
import { buildConnector, Client } from 'undici';
import { NetworkFault } from './faults.ts';
import type { ForwardProxy } from './proxies.ts';

export interface TunnelOptions {
  /** Host and port that the proxy is asked to reach, as `host:port`. */
  target: string;
  /** Milliseconds for TCP and, with an https proxy, TLS to the proxy itself. */
  timeoutMs: number;
  signal: AbortSignal;
  /** Certificate authorities in PEM, in place of the system's. For tests. */
  ca?: readonly string[] | undefined;
}

/**
 * A connection through the proxy to the target (RFC 9110 §9.3.6), with nothing sent over it yet. Throws a `NetworkFault`
 * `connect_failed` when the proxy can't be reached or refuses: nothing has been sent to the target then.
 */
export async function openTunnel(proxy: ForwardProxy, options: TunnelOptions): Promise<Socket> {
  const client = new Client(proxy.origin, { connect: createDial(options), maxHeaderSize: headBytesMax });
  try {
    const { statusCode, socket } = await client.connect({
      path: options.target,
      headers: { host: options.target, ...authorize(proxy) },
      signal: options.signal,
    });
    if (statusCode >= 200 && statusCode < 300) return socket as Socket;
    socket.on('error', () => undefined).destroy();
    throw new NetworkFault('connect_failed', `the proxy ${describeRefusal(proxy, statusCode)}`);
  } catch (error) {
    options.signal.throwIfAborted();
    throw error instanceof NetworkFault ? error : failProxy(proxy, error);
  } finally {
    // What has become a tunnel is the client's no more.
    void client.destroy();
  }
}

/** A connection to the proxy itself, for requests that name their whole URL. Throws as `openTunnel` does. */
export async function dialProxy(proxy: ForwardProxy, options: Omit<TunnelOptions, 'target'>): Promise<Socket> {
  const { protocol, hostname, host, port } = new URL(proxy.origin);
  const socket = await new Promise<Socket>((resolve, reject) => {
    createDial(options)({ protocol, hostname, host, port }, (error, made) => {
      if (made === null) reject(failProxy(proxy, error));
      else resolve(made);
    });
  });
  if (!options.signal.aborted) return socket;
  socket.destroy();
  throw options.signal.reason;
}

/** What names the operator to the proxy. */
export function authorize({ authorization }: ForwardProxy): Record<string, string> {
  return authorization === undefined ? {} : { 'proxy-authorization': authorization };
}

const headBytesMax = 16 * 1024;

/** Unlike every other connection from here, one to a name that isn't judged: the operator has written it. */
function createDial({ timeoutMs, ca }: Pick<TunnelOptions, 'timeoutMs' | 'ca'>) {
  return buildConnector({ timeout: timeoutMs, allowH2: false, ...(ca === undefined ? {} : { ca: [...ca] }) });
}

function describeRefusal({ origin }: ForwardProxy, statusCode: number): string {
  const why = statusCode === 407 ? ': it wants a name and a password, or others' : '';
  return `${origin} answered CONNECT with ${statusCode}${why}`;
}

function failProxy({ origin }: ForwardProxy, error: unknown): NetworkFault {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  return new NetworkFault('connect_failed', `the proxy ${origin}: ${`${code} ${message}`.trim().slice(0, 300)}`, error);
}
