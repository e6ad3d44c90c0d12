import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import type { ServerCertificate } from './local-tls.ts';

/** A real server on a free port of 127.0.0.1. */
export interface StartedServer extends AsyncDisposable {
  port: number;
  /** TCP connections accepted so far. */
  accepted(): number;
}

export function startHttp(listener: RequestListener): Promise<StartedServer> {
  return listen(createServer(listener));
}

export function startHttps(certificate: ServerCertificate, listener: RequestListener): Promise<StartedServer> {
  return listen(createHttps({ ...certificate }, listener));
}

/** Speaks whatever `onSocket` writes. */
export function startTcp(onSocket: (socket: Socket) => void): Promise<StartedServer> {
  return listen(createTcp(onSocket));
}

/** As `startTcp`, after the handshake. */
export function startTls(certificate: ServerCertificate, onSocket: (socket: Socket) => void): Promise<StartedServer> {
  return listen(createTls({ ...certificate }, onSocket));
}

async function listen(server: Server): Promise<StartedServer> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  });
  // Clients of these tests break handshakes and requests off on purpose.
  server.on('tlsClientError', () => {}).on('secureConnection', (socket: Socket) => socket.on('error', () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    accepted: () => accepted,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
