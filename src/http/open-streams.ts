import type { FastifyInstance, FastifyRequest } from 'fastify';
import { keysChanged } from '../accounts/index.ts';
import type { Context } from '../flow/index.ts';
import { findCaller } from './callers/find-caller.ts';
import { streamsLimited } from './errors.ts';

export interface OpenStreams {
  /**
   * Counts an answer that stays open until `close` is called. Its signal aborts when the caller hangs up, when its key is
   * disabled, deleted, over or of another role, and when the server stops. Throws 429 `rate_limit_exceeded` beyond `TROUPE_KEY_STREAMS`.
   */
  open(request: FastifyRequest): OpenStream;
}

export interface OpenStream extends Disposable {
  signal: AbortSignal;
  close(): void;
  /** `tell` is called every 15 s until it is closed, for all streams at once: a timer for each would wake the process all the time. */
  keepAlive(tell: () => void): void;
}

interface Open {
  request: FastifyRequest;
  stop: AbortController;
  /** As the key had it when it was last asked for. */
  expiresAt: Date | null;
  tellAlive: () => void;
}

/** Milliseconds between two signs of life, since proxies cut what is silent for 30 to 60 s; and between two looks at the dates of keys. */
const lookEveryMs = 15_000;

/** The answers that stay open in this process. */
export function createOpenStreams(app: FastifyInstance, context: Context): OpenStreams {
  const all = new Set<Open>();
  const counts = new Map<number, number>();
  let isStopping = false;

  /** A key that was switched off must not go on being told things, nor one whose role let it follow another account. */
  async function checkKey(one: Open): Promise<void> {
    const { request, stop } = one;
    try {
      const { role, expires_at } = await findCaller(context, request);
      one.expiresAt = expires_at;
      if (role !== request.caller.role) stop.abort();
    } catch (error) {
      const { status } = error as { status?: number };
      if (status === 401 || status === 402) stop.abort();
    }
  }

  function lookRound(): void {
    const now = context.clock.now();
    for (const { expiresAt, stop, tellAlive } of all) {
      if (expiresAt !== null && expiresAt <= now) stop.abort();
      else tellAlive();
    }
  }

  let ignoreChanges: (() => void) | undefined;
  function listen(): () => void {
    return context.jobs.wakeUp.listen(keysChanged, () => {
      for (const one of all) void checkKey(one);
      return false;
    });
  }

  const looks = setInterval(lookRound, lookEveryMs).unref();
  app.addHook('preClose', async () => {
    isStopping = true;
    ignoreChanges?.();
    clearInterval(looks);
    for (const { stop } of all) stop.abort();
  });

  return {
    open(request) {
      const { key_id, expires_at: expiresAt } = request.caller;
      const count = counts.get(key_id) ?? 0;
      if (count >= context.config.accounts.streamsMax) throw streamsLimited(count);
      counts.set(key_id, count + 1);
      const one: Open = { request, stop: new AbortController(), expiresAt, tellAlive: () => undefined };
      // What still comes on open connections is answered as it is.
      if (isStopping) one.stop.abort();
      all.add(one);
      ignoreChanges ??= listen();
      request.isStream = true;
      const { socket } = request.raw;
      const hangUp = () => one.stop.abort();
      socket.once('close', hangUp);
      const close = () => {
        if (!all.delete(one)) return;
        request.isStream = false;
        socket.off('close', hangUp);
        one.stop.abort();
        const left = (counts.get(key_id) ?? 1) - 1;
        if (left > 0) counts.set(key_id, left);
        else counts.delete(key_id);
      };
      return {
        signal: one.stop.signal,
        keepAlive(tell) {
          one.tellAlive = tell;
        },
        close,
        [Symbol.dispose]: close,
      };
    },
  };
}
