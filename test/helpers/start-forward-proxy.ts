import { createServer, request as sendRequest } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { ServerCertificate } from './local-tls.ts';

export interface ForwardProxyOptions {
  /** Which port of 127.0.0.1 a name leads to: what looking it up is for a proxy. */
  hosts?: Readonly<Record<string, number>>;
  /** `name:password` that it wants. */
  credentials?: string;
  /** Status of every answer to CONNECT, in place of a tunnel. */
  refuseWith?: number;
  /** With it the proxy itself speaks TLS. */
  certificate?: ServerCertificate;
}

export interface StartedForwardProxy extends AsyncDisposable {
  /** As HTTPS_PROXY has it. */
  url: string;
  /** Request lines so far: `CONNECT host:port`, `GET http://host/path`. */
  asked: string[];
}

/** A real forward proxy on 127.0.0.1: CONNECT, and requests with a whole URL. */
export async function startForwardProxy(options: ForwardProxyOptions = {}): Promise<StartedForwardProxy> {
  const { hosts = {}, credentials, refuseWith, certificate } = options;
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const wanted = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server = certificate === undefined ? createServer() : createHttps({ ...certificate });
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
  };
  server.on('connection', keep).on('secureConnection', keep);
  server.on('connect', (request, client: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    const status = request.headers['proxy-authorization'] === wanted ? refuseWith : 407;
    const port = hosts[new URL(`http://${request.url}`).hostname];
    if (status !== undefined || port === undefined) {
      return void client.end(`HTTP/1.1 ${status ?? 502} No\r\nContent-Length: 2\r\n\r\nno`);
    }
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    keep(upstream);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  });
  server.on('request', (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const url = new URL(request.url ?? '');
    const port = hosts[url.hostname];
    if (request.headers['proxy-authorization'] !== wanted) return void response.writeHead(407).end();
    if (port === undefined) return void response.writeHead(502).end();
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const passed = { host: '127.0.0.1', port, method: request.method, path: `${url.pathname}${url.search}`, headers };
    const upstream = sendRequest(passed, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(upstream.on('error', () => response.destroy()));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const scheme = certificate === undefined ? 'http' : 'https';
  return {
    url: `${scheme}://${credentials === undefined ? '' : `${credentials}@`}127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
