import { setTimeout as sleep } from 'node:timers/promises';
import { verifyCallback } from '../../client/verify-callback.ts';
import type { LocalAuthority } from '../helpers/local-tls.ts';
import { type CallbackReceiver, type ReceivedCallback, startReceiver } from '../helpers/start-receiver.ts';
import type { History } from './history.ts';
import { allow } from './machine-speed.ts';
import { isOver } from './wait-until.ts';

/** A receiver that writes every arrival into the history and asks the API for the task. */
export interface AskingReceiver extends CallbackReceiver {
  /** Where to ask for a task when its callback arrives, and the secret that callbacks are signed with. */
  trust(access: { apiUrl: string; key: string; secret: string }): void;
  /** Resolves when every question asked at an arrival has its answer. */
  settled(): Promise<void>;
}

/** How long a question at an arrival is repeated while the server is down. */
const askLimitMs = 60_000;

/**
 * Takes callbacks over HTTPS: `/ok/…` answers 204, `/dead/…` answers 500 or hangs up, `/late/…` answers 500 the first time.
 * At each arrival it asks the API for the task, which must be finished by then.
 */
export async function startAskingReceiver(authority: LocalAuthority, history: History): Promise<AskingReceiver> {
  let access: { apiUrl: string; key: string; secret: string } | undefined;
  const questions = new Set<Promise<unknown>>();
  const seen = new Map<string, number>();

  function answerOthers(callback: ReceivedCallback) {
    const { path, headers, body } = callback;
    const taskId = callback.task.id as string;
    const times = (seen.get(taskId) ?? 0) + 1;
    seen.set(taskId, times);
    const signed = access === undefined ? null : isSigned(callback, access.secret);
    const status = path.startsWith('/ok/') || (path.startsWith('/late/') && times > 1) ? 204 : 500;
    history.record('callback', { task_id: taskId, webhook_id: headers['webhook-id'], path, status, signed, body });
    if (access !== undefined) ask(access, taskId);
    return status === 500 && times % 2 === 0 ? null : { status };
  }

  function ask({ apiUrl, key }: { apiUrl: string; key: string }, taskId: string): void {
    const question = askUntilAnswered(`${apiUrl}/v1/tasks/${taskId}`, key, () => history.isClosed()).then(
      ({ answer, tries }) => history.record('asked_at_callback', { task_id: taskId, answer, tries }),
    );
    questions.add(question);
    void question.finally(() => questions.delete(question));
  }

  return {
    ...(await startReceiver({ authority, answerOthers })),
    trust: (given) => {
      access = given;
    },
    async settled() {
      while (questions.size > 0) await Promise.all(questions);
    },
  };
}

function isSigned({ headers, body }: ReceivedCallback, secret: string): boolean {
  try {
    verifyCallback({ secret, headers, body });
    return true;
  } catch {
    return false;
  }
}

async function askUntilAnswered(
  url: string,
  key: string,
  isTooLate: () => boolean,
): Promise<{ answer: string; tries: number }> {
  const startedAt = Date.now();
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(allow(10_000)),
    })
      .then(async (response) => (response.status >= 500 ? null : await response.text()))
      .catch(() => null);
    if (answer !== null || isTooLate() || (await isOver(startedAt, askLimitMs))) return { answer: answer ?? '', tries };
    await sleep(200);
  }
}
