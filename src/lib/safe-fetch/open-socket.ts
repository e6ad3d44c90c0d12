import { isIP, type LookupFunction, connect as openTcp, type Socket } from 'node:net';
import { connect as openTls } from 'node:tls';
import { NetworkFault } from './faults.ts';
import type { TlsSessions } from './tls-sessions.ts';

export interface SocketOptions {
  /** Name or address that the certificate must be for. Dialled only if it is an address. */
  host: string;
  port: number;
  /** Judged addresses, dialled in this order. */
  addresses: readonly [string, ...string[]];
  tls: { ca: readonly string[] | undefined; sessions: TlsSessions } | null;
  /** Called when TCP stands and TLS begins. */
  onTcp: () => void;
  signal: AbortSignal;
}

/**
 * Milliseconds for one address when more follow. Node gives an attempt up before it starts the next, so its default of
 * 250 ms would lose every host that is further away; 2 s lets one lost SYN be sent again.
 */
const attemptMs = 2_000;

/**
 * Opens TCP, and TLS with the system's rules, to one of the given addresses. Rejects with a `NetworkFault`
 * (`connect_failed`, `tls_failed`) or the signal's reason, and leaves no socket behind then.
 */
export function openSocket(options: SocketOptions): Promise<Socket> {
  const { host, port, addresses, tls, signal } = options;
  const target = {
    host,
    port,
    lookup: answerWith(addresses),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: attemptMs,
    noDelay: true,
    keepAlive: true,
    highWaterMark: 64 * 1024,
  };
  if (tls === null) return settle(openTcp(target), 'connect', () => 'connect_failed', signal);

  const session = tls.sessions.find(host, port);
  const socket = openTls({
    ...target,
    ALPNProtocols: ['http/1.1'],
    // An address has no server name to send; the certificate is then checked against the address.
    servername: isIP(host) === 0 ? host : '',
    ...(tls.ca !== undefined && { ca: [...tls.ca] }),
    ...(session !== undefined && { session }),
  });
  let stands = false;
  socket.once('connect', () => {
    stands = true;
    options.onTcp();
  });
  socket.on('session', (fresh) => tls.sessions.keep(host, port, fresh));
  return settle(socket, 'secureConnect', () => (stands ? 'tls_failed' : 'connect_failed'), signal);
}

function settle<S extends Socket>(
  socket: S,
  readyEvent: 'connect' | 'secureConnect',
  nameFailure: () => 'connect_failed' | 'tls_failed',
  signal: AbortSignal,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      socket.destroy();
      reject(signal.reason);
    };
    const finish = (end: () => void) => {
      signal.removeEventListener('abort', onAbort);
      socket.off('close', onClose);
      end();
    };
    const onClose = () => finish(() => reject(new NetworkFault(nameFailure(), 'closed by the other side')));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once(readyEvent, () => finish(() => resolve(socket)));
    // Stays attached: undici adds its own listener a tick later, and an error without any would end the process.
    socket.on('error', (error) => finish(() => reject(new NetworkFault(nameFailure(), describe(error), error))));
    socket.once('close', onClose);
  });
}

/** Every attempt's own cause when several addresses were tried: the error that joins them says nothing itself. */
function describe(error: Error & { code?: string }): string {
  const causes: readonly (Error & { code?: string })[] = error instanceof AggregateError ? error.errors : [error];
  return causes
    .map((cause) => `${cause.code ?? cause.name} ${cause.message}`)
    .join('; ')
    .slice(0, 300);
}

/** A lookup hook that doesn't look anything up. Node asks with `all` when it may choose the family. */
function answerWith(addresses: readonly [string, ...string[]]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, { all }, callback) => {
    if (all) callback(null, answers);
    else callback(null, addresses[0], isIP(addresses[0]));
  };
}
