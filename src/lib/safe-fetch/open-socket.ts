import { isIP, type LookupFunction, connect as openTcp, type Socket } from 'node:net';
import { connect as openTls } from 'node:tls';
import { NetworkFault } from './faults.ts';
import type { TlsSessions } from './tls-sessions.ts';

export interface SocketOptions {
  /** Name or address that the certificate must be for. Dialled only if it is an address. */
  host: string;
  port: number;
  /** Judged addresses, dialled in this order; `through` in their place is a connection that leads there already. */
  addresses?: readonly [string, ...string[]];
  through?: Socket;
  tls: { ca: readonly string[] | undefined; sessions: TlsSessions } | null;
  /** Called when TCP stands and TLS begins. */
  onTcp: () => void;
  signal: AbortSignal;
  /** Whether the addresses are of the public internet, where anybody can see what is wrong with a certificate. */
  isPublic?: boolean;
}

/**
 * Milliseconds for one address when more follow. Node gives an attempt up before it starts the next, so its default of
 * 250 ms would lose every host that is further away; 2 s lets one lost SYN be sent again.
 */
const attemptMs = 2_000;

/**
 * Opens TCP, and TLS with the system's rules, to one of the given addresses, or TLS over the connection that leads there. Rejects with a `NetworkFault`
 * (`connect_failed`, `tls_failed`) or the signal's reason, and leaves no socket behind then.
 */
export function openSocket(options: SocketOptions): Promise<Socket> {
  const { host, port, addresses, through, tls, signal } = options;
  const target = {
    host,
    port,
    ...(addresses === undefined ? {} : { lookup: answerWith(addresses) }),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: attemptMs,
    noDelay: true,
    keepAlive: true,
    highWaterMark: 64 * 1024,
  };
  if (tls === null) return settle(openTcp(target), 'connect', failConnect, signal);

  const session = tls.sessions.find(host, port);
  const socket = openTls({
    ...target,
    ALPNProtocols: ['http/1.1'],
    // An address has no server name to send; the certificate is then checked against the address.
    servername: isIP(host) === 0 ? host : '',
    ...(tls.ca !== undefined && { ca: [...tls.ca] }),
    ...(session !== undefined && { session }),
    ...(through !== undefined && { socket: through }),
  });
  if (through !== undefined) {
    options.onTcp();
    socket.once('close', () => through.destroy());
  }
  let stands = through !== undefined;
  socket.once('connect', () => {
    stands = true;
    options.onTcp();
  });
  socket.on('session', (fresh) => tls.sessions.keep(host, port, fresh));
  const failTls: MakeFault = (detail, error) => {
    return new NetworkFault('tls_failed', detail, error, options.isPublic ? describeTls(error) : undefined);
  };
  const fail: MakeFault = (...why) => (stands ? failTls : failConnect)(...why);
  return settle(socket, 'secureConnect', fail, signal);
}

type MakeFault = (detail: string, error?: Error & { code?: string }) => NetworkFault;

const failConnect: MakeFault = (detail, error) => new NetworkFault('connect_failed', detail, error);

/** What is wrong with the certificate by Node's and OpenSSL's codes, for those who can mend it. */
function describeTls(error: { code?: string } | undefined): string {
  const why = certificateFaults[error?.code ?? ''];
  return why === undefined ? 'its server accepts no TLS connection' : `the certificate of its server ${why}`;
}

const certificateFaults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  CERT_REVOKED: 'was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is signed by nobody but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'comes from an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT: 'comes without the one that signed it, or from an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'comes without the one that signed it, or from an authority that is not known',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'comes without the one that signed it, or from an authority that is not known',
};

function settle<S extends Socket>(
  socket: S,
  readyEvent: 'connect' | 'secureConnect',
  fail: MakeFault,
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
    const onClose = () => finish(() => reject(fail('closed by the other side')));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once(readyEvent, () => finish(() => resolve(socket)));
    // Stays attached: undici adds its own listener a tick later, and an error without any would end the process.
    socket.on('error', (error) => finish(() => reject(fail(describe(error), error))));
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
