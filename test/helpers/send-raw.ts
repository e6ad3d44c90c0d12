import { connect } from 'node:net';

export interface RawAnswer {
  /** All that the server sent until it closed or `quietMs` passed. */
  text: string;
  statuses: number[];
  /** Whether the server closed the connection. */
  closed: boolean;
}

/**
 * Sends bytes as they are and reads whatever comes back, until the server closes, `answers` answers have come, or
 * `limitMs` passes. `half` ends our side after sending.
 */
export async function sendRaw(
  port: number,
  parts: readonly (string | Buffer)[],
  options: { answers?: number; limitMs?: number; half?: boolean; pauseMs?: number } = {},
): Promise<RawAnswer> {
  const { answers = Number.POSITIVE_INFINITY, limitMs = 6_000, half = false, pauseMs = 0 } = options;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let text = '';
  let closed = false;
  const done = Promise.withResolvers<void>();
  const parseStatuses = () => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
    done.resolve();
  });
  socket.on('end', () => socket.end());
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (parseStatuses().length >= answers && text.includes('\r\n\r\n')) setTimeout(done.resolve, 30);
  });
  const timer = setTimeout(done.resolve, limitMs);
  for (const part of parts) {
    if (closed) break;
    socket.write(part);
    if (pauseMs > 0) await new Promise((next) => setTimeout(next, pauseMs));
  }
  if (half) socket.end();
  await done.promise;
  clearTimeout(timer);
  socket.destroy();
  return { text, statuses: parseStatuses(), closed };
}
