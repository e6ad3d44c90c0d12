import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { AddressRange } from '../../lib/safe-fetch/index.ts';
import { onceAnswered } from './once-answered.ts';
import { isTrusted, readClientAddress, readShareOf } from './read-client-address.ts';

export interface ConnectionLimits {
  connectionsMax: number;
  connectionsPerAddressMax: number;
  writeSeconds: number;
  /** Their connections are many people's, so no share of an address binds them. */
  trustProxy: readonly AddressRange[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by a route whose answer is an event stream or waits for one. */
    isStream: boolean;
  }
}

interface Connection {
  socket: Socket;
  /** Undefined for a trusted proxy. */
  share: string | undefined;
  /** Requests that came and aren't answered yet. */
  waiting: (() => void)[];
  busy: boolean;
  /** Whether the request under way has come whole. */
  hasRequest: () => boolean;
  /** Whether the answer under way ends only with its reader's patience; losing it costs a reader nothing. */
  isStream: () => boolean;
  /** When its request came, or its last answer was out, or it was opened; milliseconds of `performance.now`. */
  since: number;
  /** Bytes that the client had taken when it was last looked at. */
  taken: number;
  /** When the client last took a byte, or had nothing to take. */
  takenAt: number;
}

/** Milliseconds between two looks, and for which each connection is left alone while there is some room. */
const lookEveryMs = 250;
const graceMs = 1_000;

/** A tenth more than allowed, and sixteen, are let in until room can be made without cutting off anyone who is served. */
const findHardLimit = (limit: number) => limit + Math.max(16, Math.floor(limit / 10));

/**
 * Keeps connections that don't read, don't write or do nothing from costing the others theirs. Beyond the limit, and
 * beyond an address's share of it, a new connection closes another of an address that holds more than its part: the one
 * that has been idle longest, else the one whose client has kept the server waiting longest or follows an event stream, which can be
 * resumed; never one on which the server is at work. Who takes nothing of an answer for `writeSeconds` is cut off.
 *
 * Requests that a client sends one after another without waiting are worked on one at a time. So a connection holds one
 * unread answer at most.
 */
export function guardConnections(app: FastifyInstance, limits: ConnectionLimits): void {
  const connections = new Map<Socket, Connection>();
  app.decorateRequest('isStream', false);
  const shares = new Map<string, number>();

  app.server.on('connection', (socket: Socket) => {
    const connection = describe(socket, limits.trustProxy);
    connections.set(socket, connection);
    count(connection.share, 1);
    socket.once('close', () => {
      connections.delete(socket);
      count(connection.share, -1);
      // They are never worked on: nobody is there to be answered.
      connection.waiting.length = 0;
    });
    if (!makeRoom(connection)) socket.destroy();
  });

  const timer = setInterval(() => {
    const now = performance.now();
    for (const connection of connections.values()) {
      look(connection, now);
      if (now - connection.takenAt > limits.writeSeconds * 1000) connection.socket.destroy();
    }
    while (connections.size > limits.connectionsMax && evict(undefined, graceMs)) {}
    for (const [share, held] of shares) {
      for (let over = held - limits.connectionsPerAddressMax; over > 0 && evict(share, graceMs); over -= 1) {}
    }
  }, lookEveryMs);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));

  app.addHook('onRequest', (request, reply, done) => {
    const connection = connections.get(request.raw.socket);
    if (connection === undefined) return done();
    const start = () => {
      connection.busy = true;
      connection.since = performance.now();
      connection.hasRequest = () => request.raw.complete;
      connection.isStream = () => request.isStream;
      onceAnswered(reply, () => {
        connection.busy = false;
        connection.since = performance.now();
        connection.waiting.shift()?.();
      });
      done();
    };
    if (connection.busy) connection.waiting.push(start);
    else start();
  });

  /** Whether `newcomer` may stay. */
  function makeRoom(newcomer: Connection): boolean {
    const { share } = newcomer;
    return (
      keepBelow(() => connections.size, limits.connectionsMax, undefined) &&
      (share === undefined || keepBelow(() => shares.get(share) ?? 0, limits.connectionsPerAddressMax, share))
    );

    function keepBelow(held: () => number, limit: number, of: string | undefined): boolean {
      if (held() <= limit || evict(of, graceMs, newcomer)) return true;
      return held() <= findHardLimit(limit) || evict(of, 0, newcomer);
    }
  }

  /**
   * Closes the connection that is missed least, of one share or of all, if any is older than `ageMs`. Of all, only those
   * are looked at whose address holds more than an equal part: idle is a state that honest clients' connections are in
   * most of the time, and attackers' never. Only where that isn't enough (`ageMs` 0) the others are.
   */
  function evict(share: string | undefined, ageMs: number, newcomer?: Connection): boolean {
    const now = performance.now();
    const part = limits.connectionsMax / Math.max(1, shares.size);
    let worst: { socket: Socket; rank: readonly number[] } | undefined;
    for (const connection of connections.values()) {
      if (connection === newcomer || (share !== undefined && connection.share !== share)) continue;
      const { socket, busy } = connection;
      const age = now - connection.since;
      if (age < ageMs || (busy && !connection.isStream() && !isClientsTurn(connection))) continue;
      const isOver = share !== undefined || (shares.get(connection.share ?? '') ?? 0) > part;
      if (!isOver && ageMs > 0) continue;
      const rank = [isOver ? 1 : 0, ageMs > 0 && !busy ? 1 : 0, age];
      if (worst === undefined || isHigher(rank, worst.rank)) worst = { socket, rank };
    }
    if (worst === undefined) return false;
    worst.socket.destroy();
    // Told at once, so that nobody counts it until it's closed.
    connections.delete(worst.socket);
    return true;
  }

  function count(share: string | undefined, more: number): void {
    if (share === undefined) return;
    const held = (shares.get(share) ?? 0) + more;
    if (held > 0) shares.set(share, held);
    else shares.delete(share);
  }
}

function describe(socket: Socket, trusted: readonly AddressRange[]): Connection {
  const now = performance.now();
  const address = readClientAddress(socket.remoteAddress);
  return {
    socket,
    share: isTrusted(address, trusted) ? undefined : readShareOf(address),
    waiting: [],
    busy: false,
    hasRequest: () => false,
    isStream: () => false,
    since: now,
    taken: 0,
    takenAt: now,
  };
}

function look(connection: Connection, now: number): void {
  const { socket } = connection;
  if (socket.writableLength === 0) {
    // Nothing to take. The count of bytes is dear, and hundreds of quiet streams are looked at four times a second.
    connection.takenAt = now;
    return;
  }
  const taken = socket.bytesWritten - socket.writableLength;
  if (taken !== connection.taken) connection.takenAt = now;
  connection.taken = taken;
}

/** Whether the server can't go on before the client reads or sends. */
function isClientsTurn({ socket, hasRequest }: Connection): boolean {
  return socket.writableLength > 0 || !hasRequest();
}

function isHigher(rank: readonly number[], than: readonly number[]): boolean {
  const at = rank.findIndex((value, index) => value !== than[index]);
  return at !== -1 && (rank[at] as number) > (than[at] as number);
}
