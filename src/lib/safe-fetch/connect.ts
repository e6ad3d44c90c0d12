import { isIP, type Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { NetworkFault } from './faults.ts';
import { type AddressPolicy, judgeAddress } from './judge-address.ts';
import { openSocket } from './open-socket.ts';
import { dialProxy, openTunnel } from './open-tunnel.ts';
import type { ForwardProxy, Proxies } from './proxies.ts';
import { judgeUnresolved, resolveHost } from './resolve-host.ts';
import type { Resolver } from './resolve-name.ts';
import { createTlsSessions } from './tls-sessions.ts';

export interface ConnectorOptions {
  policy: AddressPolicy;
  resolve: Resolver;
  /** Milliseconds for lookup, TCP and TLS together. */
  timeoutMs: number;
  proxies?: Proxies | undefined;
  /** Certificate authorities in PEM, in place of the system's (with NODE_EXTRA_CA_CERTS). For tests. */
  ca?: readonly string[] | undefined;
}

export interface Connector {
  connect: buildConnector.connector;
  /** What an unfinished connection to the origin is waiting for, for the operator's log. */
  describePending(origin: string): string;
  /** Gives up the connections that are being made; undici knows only those that stand. */
  close(): void;
}

interface Pending {
  origin: string;
  waitingFor: string;
  controller: AbortController;
}

/**
 * Makes connections only to judged addresses: it looks the name up itself, judges every answer and hands exactly these
 * addresses to the socket, so there is no second lookup that could answer differently. An address written in the URL
 * goes the same way (a socket doesn't call its lookup hook for one). What goes through a proxy is looked up there: only
 * the host's text is judged. HTTP/1.1 only.
 */
export function createConnector(options: ConnectorOptions): Connector {
  const sessions = createTlsSessions();
  const pendings = new Set<Pending>();

  async function open(target: buildConnector.Options, pending: Pending): Promise<Socket> {
    const { signal } = pending.controller;
    const port = Number(target.port || (target.protocol === 'https:' ? 443 : 80));
    const tls = target.protocol === 'https:' ? { ca: options.ca, sessions } : null;
    const onTcp = () => {
      pending.waitingFor = 'the TLS handshake';
    };
    const proxy = options.proxies?.choose(target.protocol === 'https:' ? 'https:' : 'http:', target.hostname, port);
    if (proxy) {
      pending.waitingFor = 'the proxy';
      const through = await openThrough(proxy, target.hostname, port, tls !== null, signal);
      return tls === null ? through : await openSocket({ host: target.hostname, port, through, tls, onTcp, signal });
    }
    const addresses = await resolveHost(target.hostname, options.policy, options.resolve);
    signal.throwIfAborted();
    pending.waitingFor = 'the TCP connection';
    return await openSocket({
      host: target.hostname,
      port,
      addresses,
      tls,
      onTcp,
      signal,
      isPublic: addresses.every((address) => judgeAddress(address, options.policy) === 'public'),
    });
  }

  async function openThrough(proxy: ForwardProxy, host: string, port: number, isTls: boolean, signal: AbortSignal) {
    judgeUnresolved(host, options.policy);
    const { timeoutMs, ca } = options;
    if (!isTls) return await dialProxy(proxy, { timeoutMs, signal, ca });
    const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
    return await openTunnel(proxy, { target, timeoutMs, signal, ca });
  }

  async function connect(target: buildConnector.Options): Promise<Socket> {
    const controller = new AbortController();
    const pending = { origin: `${target.protocol}//${target.host}`, waitingFor: 'the name lookup', controller };
    pendings.add(pending);
    const timer = setTimeout(() => {
      controller.abort(new NetworkFault('connect_failed', `${pending.waitingFor} took over ${options.timeoutMs} ms`));
    }, options.timeoutMs);
    try {
      return await Promise.race([open(target, pending), rejectOnAbort(controller.signal)]);
    } finally {
      clearTimeout(timer);
      pendings.delete(pending);
    }
  }

  return {
    connect: (target, callback) => {
      connect(target).then(
        (socket) => callback(null, socket),
        (error: Error) => callback(error, null),
      );
    },
    describePending: (origin) =>
      [...pendings].find((pending) => pending.origin === origin)?.waitingFor ?? 'a free connection',
    close: () => {
      for (const { controller } of pendings) controller.abort(new NetworkFault('connection_lost', 'network closed'));
    },
  };
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
