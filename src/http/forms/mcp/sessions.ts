import { randomUUID } from 'node:crypto';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { FastifyRequest } from 'fastify';
import type { Door } from '../form.ts';
import { createMcpServer } from './create-server.ts';
import { sessionNotFound } from './errors.ts';

interface Session {
  transport: WebStandardStreamableHTTPServerTransport;
  keyId: number;
  usedAt: number;
  /** Answers under way. */
  open: number;
}

/** Sessions of one key, and milliseconds without a request after which one is forgotten: a client begins a new one then. */
const perKeyMax = 100;
const idleMs = 3_600_000;

/** The sessions of this process. Each belongs to the key that began it; another key's answers like none. */
export function createSessions(door: Door) {
  const sessions = new Map<string, Session>();
  const { clock } = door.context;

  /** Throws 404 `resource_not_found`, on which a client begins anew. */
  function find(request: FastifyRequest): Session {
    const id = String(request.headers['mcp-session-id'] ?? '');
    const session = sessions.get(id);
    if (session === undefined || session.keyId !== request.caller.key_id) throw sessionNotFound();
    session.usedAt = clock.now().getTime();
    return session;
  }

  async function begin(request: FastifyRequest): Promise<Session> {
    const { key_id: keyId } = request.caller;
    forgetOld(keyId);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void sessions.set(id, session),
      onsessionclosed: (id) => void sessions.delete(id),
    });
    const session: Session = { transport, keyId, usedAt: clock.now().getTime(), open: 0 };
    const server = createMcpServer(
      door,
      ({ authInfo }) => (authInfo as { extra: { request: FastifyRequest } }).extra.request,
    );
    await server.connect(transport as Parameters<typeof server.connect>[0]);
    return session;
  }

  function forgetOld(keyId: number): void {
    const now = clock.now().getTime();
    const idle = [...sessions].filter(([, { open }]) => open === 0);
    const own = idle
      .filter(([, session]) => session.keyId === keyId)
      .sort(([, one], [, other]) => one.usedAt - other.usedAt);
    const count = [...sessions.values()].filter((session) => session.keyId === keyId).length;
    const surplus = own.slice(0, Math.max(0, count - perKeyMax + 1));
    const old = idle.filter(([, { usedAt }]) => now - usedAt > idleMs);
    for (const [id, { transport }] of [...surplus, ...old]) {
      sessions.delete(id);
      void transport.close();
    }
  }

  return {
    /** The session that a message belongs to; the first message of a client begins one. */
    choose: (request: FastifyRequest, isFirst: boolean) => (isFirst ? begin(request) : Promise.resolve(find(request))),
    async close() {
      const all = [...sessions.values()];
      sessions.clear();
      await Promise.all(all.map(({ transport }) => transport.close()));
    },
  };
}
