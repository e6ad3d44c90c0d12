import type { IncomingMessage } from 'node:http';
import type { AppError } from '../../lib/errors.ts';
import { uploadTooSlow } from './errors.ts';

/** The least that a client must send in each window, as a server must that is fetched from. */
const pace = { windowMs: 15_000, bytesPerSecond: 1024 };

/**
 * Calls `stop` with 408 when fewer bytes came in a window than must; `read` says how many have come so far. Returns what
 * ends the watch.
 */
export function watchPace(payload: IncomingMessage, read: () => number, stop: (error: AppError) => void): () => void {
  let seen = 0;
  const timer = setInterval(() => {
    const came = read() - seen;
    seen += came;
    // Paused: it is this server that is slow.
    const isTooSlow = !payload.isPaused() && came < (pace.windowMs / 1000) * pace.bytesPerSecond;
    if (isTooSlow) stop(uploadTooSlow(pace.bytesPerSecond));
  }, pace.windowMs);
  return () => clearInterval(timer);
}
