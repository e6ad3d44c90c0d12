import { type KlingSession, openSession, stopForOperator } from '../account/kling-session.ts';
import { elementProduct, elementsPath } from '../api/endpoints.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { recognizeAccount } from './recognize-account.ts';

/**
 * One free call when a process starts, so that a wrong key is told by its log and not by somebody's first task; then what is known of
 * the account under other names. Throws nothing but what is no answer of the upstream's.
 */
export async function greetAccount(session: KlingSession, signal: AbortSignal): Promise<void> {
  try {
    await openSession(session, [elementProduct]);
    await session.client.call(`${elementsPath}?pageNum=1&pageSize=1`, { signal });
    await recognizeAccount(session, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KlingRefusal && error.kind === 'configuration') {
      return await stopForOperator(session, elementProduct, error);
    }
    if (!(error instanceof KlingRefusal) && !(error instanceof KlingNoAnswer)) throw error;
    session.log.warn({ reason: error.message }, 'the Kling API could not be asked at the start');
  }
}
