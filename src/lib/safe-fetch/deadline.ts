/** One end for a piece of work: a time limit, and the caller's own signal. */
export interface Deadline {
  signal: AbortSignal;
  /** Stops the clock; without it the timer would keep the process alive. */
  clear(): void;
}

/**
 * Aborts with `makeReason()` after `timeoutMs`, or with the caller's reason as soon as the caller aborts. Timers run on
 * the monotonic clock, so a change of the system's time neither shortens nor stretches it.
 */
export function startDeadline(timeoutMs: number, signal: AbortSignal | undefined, makeReason: () => unknown): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(makeReason()), timeoutMs);
  const follow = () => controller.abort(signal?.reason);
  if (signal?.aborted) follow();
  else signal?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', follow);
    },
  };
}
