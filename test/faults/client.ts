import { setTimeout as sleep } from 'node:timers/promises';
import type { History } from './history.ts';
import { allow } from './machine-speed.ts';
import { inVain, isOver } from './wait-until.ts';

export interface Answer {
  status: number;
  body: { id?: string; status?: string; error?: { code: string; message: string } } & Record<string, unknown>;
  text: string;
  replayed: boolean;
  retryAfter: string | null;
}

/** A caller of the API that writes down what it sends and what it fully received. */
export interface Client {
  /** One POST. Null when the connection broke or no whole answer came: then nobody knows. */
  submit(marker: string, body: object, idempotencyKey?: string, path?: string): Promise<Answer | null>;
  /** Repeats the POST with its idempotency key until an answer other than 5xx came. */
  submitUntilAnswered(marker: string, body: object, idempotencyKey: string, path?: string): Promise<Answer>;
  get(path: string): Promise<Answer | null>;
  /** Asks for a task to be cancelled. Null as of `submit`. */
  cancel(taskId: string): Promise<Answer | null>;
}

/** Milliseconds on a quiet machine. */
const patienceMs = 45_000;
const repeatLimitMs = 120_000;

/** Where elements and videos are asked for. */
const generations = '/v1/videos/generations';

export function createClient(urls: readonly string[], key: string, history: History): Client {
  let turn = 0;
  const nextUrl = () => urls[turn++ % urls.length] as string;

  async function call(path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Answer | null> {
    try {
      const response = await fetch(nextUrl() + path, {
        ...init,
        headers: { authorization: `Bearer ${key}`, ...init.headers },
        signal: AbortSignal.timeout(allow(patienceMs)),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: JSON.parse(text) as Answer['body'],
        text,
        replayed: response.headers.get('idempotency-replayed') === 'true',
        retryAfter: response.headers.get('retry-after'),
      };
    } catch {
      return null;
    }
  }

  const client: Client = {
    async submit(marker, body, idempotencyKey, path = generations) {
      history.record('request', { marker, idempotency_key: idempotencyKey ?? null });
      const answer = await call(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'content-type': 'application/json',
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
      });
      const facts =
        answer === null
          ? { status: null }
          : { status: answer.status, task_id: answer.body.id ?? null, code: answer.body.error?.code ?? null };
      history.record('answer', { marker, ...facts });
      return answer;
    },
    async submitUntilAnswered(marker, body, idempotencyKey, path = generations) {
      const startedAt = Date.now();
      for (;;) {
        const answer = await client.submit(marker, body, idempotencyKey, path);
        if (answer !== null && answer.status < 500) return answer;
        if (history.isClosed()) throw new Error(`${marker}: the trial has ended`);
        if (await isOver(startedAt, repeatLimitMs)) throw inVain(`an answer for ${marker}`, Date.now() - startedAt);
        await sleep(250);
      }
    },
    async cancel(taskId) {
      history.record('cancel', { task_id: taskId });
      return await call(`/v1/tasks/${taskId}/cancel`, { method: 'POST' });
    },
    async get(path) {
      const answer = await call(path, { method: 'GET' });
      if (path === '/v1/credits') history.record('balance', { answer: answer?.body ?? null });
      return answer;
    },
  };
  return client;
}
