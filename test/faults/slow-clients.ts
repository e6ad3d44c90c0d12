import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch } from 'undici';
import { findFreePort } from '../helpers/find-free-port.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { createDatabase } from './failpoints.ts';
import { settleAll } from './settle-all.ts';
import { grantAccess, openWorld } from './world.ts';

export interface SlowClientsOptions {
  port: number;
  /** Of the client whose requests must all succeed. */
  key: string;
  /** Of somebody else, who knows a key and attacks all the same. */
  attackersKey: string;
  durationMs: number;
  /** Connections of each kind of attack, opened again as soon as they are closed. */
  connectionsEach: number;
}

export interface SlowClientsReport {
  violations: string[];
  /** Requests of the other client, all of which must succeed. */
  requests: number;
  slowestMs: number;
  /** Connections that the attackers opened, by attack. */
  opened: Record<string, number>;
}

type Attack = (socket: Socket, options: SlowClientsOptions) => void;

/** A large file of the API reference, which needs no key. */
const largeFile = 'GET /docs/static/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n';

const post = (path: string, lines: readonly string[]) =>
  `${[`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...lines].join('\r\n')}\r\n\r\n`;

const drip = (socket: Socket, text: string) => {
  const timer = setInterval(() => socket.write(text), 400);
  socket.once('close', () => clearInterval(timer));
};

const chunked = 'Transfer-Encoding: chunked';
const generations = '/v1/videos/generations';

const attacks: Readonly<Record<string, Attack>> = {
  never_reads: (socket) => void socket.pause().write(largeFile.repeat(25)),
  never_writes: () => undefined,
  drips_headers: (socket) => drip(socket.resume(), 'X'),
  announces_to_callbacks: (socket) =>
    void socket.resume().write(`${post('/v1/kling/callbacks', ['Content-Length: 262144'])}{`),
  chunks_to_callbacks: (socket) => {
    socket.resume().write(post('/v1/kling/callbacks', [chunked]));
    drip(socket, '1\r\n \r\n');
  },
  chunks_without_key: (socket) => {
    socket.resume().write(post(generations, [chunked]));
    drip(socket, '1\r\n \r\n');
  },
  announces_with_key: (socket, { attackersKey }) =>
    void socket
      .resume()
      .write(`${post(generations, ['Content-Length: 50000000', `Authorization: Bearer ${attackersKey}`])}{`),
  chunks_with_key: (socket, { attackersKey }) => {
    socket.resume().write(post(generations, [chunked, `Authorization: Bearer ${attackersKey}`]));
    drip(socket, '1\r\n \r\n');
  },
};

/**
 * Strangers and a customer who keep a server busy by doing nothing, from four addresses, while another client goes on
 * with its work on kept and on fresh connections. Linux only: it takes further addresses of 127/8.
 */
export async function resistSlowClients(options: SlowClientsOptions): Promise<SlowClientsReport> {
  const opened: Record<string, number> = {};
  const violations: string[] = [];
  const sockets = new Set<Socket>();
  let isOver = false;

  function attack(name: string, at: number): void {
    if (isOver) return;
    opened[name] = (opened[name] ?? 0) + 1;
    const socket = connect({ port: options.port, host: '127.0.0.1', localAddress: `127.0.0.${2 + (at % 4)}` });
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('connect', () => attacks[name]?.(socket, options));
    // Who doesn't read isn't told that the other side has closed.
    const timer = setTimeout(() => socket.destroy(), 5_000);
    socket.once('close', () => {
      clearTimeout(timer);
      sockets.delete(socket);
      setTimeout(() => attack(name, at), 100);
    });
  }

  for (const name of Object.keys(attacks)) {
    for (let at = 0; at < options.connectionsEach; at += 1) attack(name, at);
  }
  const works = [work(options, true, () => isOver, violations), work(options, false, () => isOver, violations)];
  await sleep(options.durationMs);
  isOver = true;
  const done = await settleAll(works);
  for (const socket of sockets) socket.destroy();
  return {
    violations,
    requests: done.reduce((sum, { requests }) => sum + requests, 0),
    slowestMs: Math.round(Math.max(...done.map(({ slowestMs }) => slowestMs))),
    opened,
  };
}

/** One request after another: a query, a task, a task in chunks of unknown number. */
async function work(
  { port, key }: SlowClientsOptions,
  isKept: boolean,
  isOver: () => boolean,
  violations: string[],
): Promise<{ requests: number; slowestMs: number }> {
  const body = JSON.stringify(imageRequest('https://example.com/a.jpg'));
  const dispatcher = new Agent({ connections: 1, ...(isKept ? {} : { pipelining: 0 }) });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const calls = [
    () => fetch(`http://127.0.0.1:${port}/v1/credits`, { headers, dispatcher }),
    () => fetch(`http://127.0.0.1:${port}${generations}`, { method: 'POST', headers, body, dispatcher }),
    () => {
      const stream = new Blob([body]).stream();
      return fetch(`http://127.0.0.1:${port}${generations}`, {
        method: 'POST',
        headers,
        body: stream,
        duplex: 'half',
        dispatcher,
      });
    },
  ];
  let requests = 0;
  let slowestMs = 0;
  while (!isOver()) {
    const startedAt = performance.now();
    const call = calls[requests % calls.length] as (typeof calls)[number];
    try {
      const answer = await call();
      const text = await answer.text();
      if (answer.status !== 200) violations.push(`request ${requests}: ${answer.status} ${text.slice(0, 200)}`);
    } catch (error) {
      violations.push(`request ${requests}: ${String((error as Error).cause ?? error)}`);
    }
    requests += 1;
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    await sleep(20);
  }
  await dispatcher.close();
  return { requests, slowestMs };
}

/** The attacks on an api process of its own that has room for a hundred connections, half as many as the attackers want. */
export async function crowdOut(postgresUrl: string, durationMs: number): Promise<SlowClientsReport> {
  const database = await createDatabase(postgresUrl, `slow_${Date.now()}`);
  const port = await findFreePort();
  await using world = await openWorld({ name: 'slow', settings: { DATABASE_URL: database, PORT: String(port) } });
  const settings = {
    TROUPE_HTTP_CONNECTIONS: '100',
    TROUPE_LOG_LEVEL: 'warn',
    TROUPE_KLING_API_KEY: 'no-key-of-kling',
  };
  const server = world.start('api', settings);
  await server.ready();
  const { key } = await grantAccess(database, 1_000_000);
  const { key: attackersKey } = await grantAccess(database, 1);
  const report = await resistSlowClients({ port, key, attackersKey, durationMs, connectionsEach: 25 });
  if (server.hasEnded()) report.violations.push(`the server has ended: ${server.output().slice(-800)}`);
  const errors = server
    .output()
    .split('\n')
    .filter((line) => line.includes('"level":50'));
  if (errors.length > 0) report.violations.push(`${errors.length} error lines: ${errors[0]?.slice(0, 400)}`);
  return report;
}
