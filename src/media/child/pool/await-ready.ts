import { isOutOfRoom } from '../../../lib/is-out-of-room.ts';
import { ChildFailure } from './child-failure.ts';
import { readProcessorTime } from './read-processor-time.ts';
import type { Child } from './start-child.ts';
import type { ChildMessage } from './wire.ts';

/**
 * Resolves when the child has loaded the code of a job; that is no part of the job, so it counts for nothing but `limitMs`
 * by the clock. A child that is still getting on by then is left to itself, for the next job to find it further on; one
 * that isn't has been killed. Throws a {@link ChildFailure} (`not_started`), the signal's reason, or the system's error when
 * the child couldn't be started for want of room.
 */
export async function awaitReady(
  child: Child,
  module: string,
  limitMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const end = Promise.withResolvers<void>();
  const fail = (detail: string) => {
    end.reject(new ChildFailure('not_started', { fraction: 0, step: 'start', param: undefined }, detail));
  };
  // It may be rejected before it's awaited.
  end.promise.catch(() => undefined);
  const timer = setTimeout(() => fail(`not ready within ${limitMs} ms`), limitMs);
  const abort = () => end.reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  child.listen({
    message: (received: ChildMessage) => {
      if (received.type === 'ready' && received.module === module) end.resolve();
    },
    exit: (detail, cause) => (isOutOfRoom(cause) ? end.reject(cause) : fail(detail)),
  });
  // Only now: what happens to the child meanwhile is heard.
  const before = await readProcessorTime(child.id).catch(() => 0);
  try {
    child.keepRunning(true);
    child.send({ type: 'prepare', module });
    if (signal?.aborted) abort();
    await end.promise;
  } catch (error) {
    const getsOn = !child.ended() && (await readProcessorTime(child.id).catch(() => 0)) > before;
    if (!getsOn) await child.kill();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    child.listen({ message: () => undefined, exit: () => undefined });
    child.keepRunning(false);
  }
}
