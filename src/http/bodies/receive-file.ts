import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { watchPace } from '../connections/watch-pace.ts';
import { bodyTooLarge, malformedBody } from '../errors.ts';
import { noteReadBytes } from './free-buffers.ts';

/**
 * Writes a body to `path`, which must not exist, as it comes: none of it stays in memory. Called by Fastify after the
 * hooks of `onRequest`, so only for a key that is known. On any error nothing is left, and what still comes is thrown
 * away. Throws 413 past the limit of the route, 400 when the body is cut short, 408 when it comes too slowly, 401 and 402
 * for a key that was disabled meanwhile; what the disk says otherwise.
 */
export async function receiveFile(request: FastifyRequest, payload: IncomingMessage, path: string): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  try {
    await write(request, payload, file);
    await request.confirmCaller?.();
  } catch (error) {
    // Before it is closed it may not even be there yet.
    if (!file.closed) await new Promise<void>((done) => void file.once('close', () => done()).destroy());
    await rm(path, { force: true });
    throw error;
  }
}

/** Not by a pipeline, which would destroy the request with its connection, and so the answer. */
function write(
  request: FastifyRequest,
  payload: IncomingMessage,
  file: ReturnType<typeof createWriteStream>,
): Promise<void> {
  const { bodyLimit } = request.routeOptions;
  let bytes = 0;
  return new Promise((resolve, reject) => {
    const stop = (error: Error) => {
      stopWatch();
      payload.off('data', take).off('end', end).off('close', cut);
      payload.resume();
      reject(error);
    };
    const stopWatch = watchPace(payload, () => bytes, stop);
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bodyLimit) return stop(bodyTooLarge(bodyLimit));
      noteReadBytes(chunk.length);
      if (!file.write(chunk)) payload.pause();
    };
    const end = () => {
      stopWatch();
      file.end();
    };
    const cut = () => {
      if (!payload.readableEnded) stop(malformedBody('the connection ended before it did'));
    };
    file.on('drain', () => payload.resume());
    file.on('error', stop);
    file.once('finish', resolve);
    payload.on('data', take).once('end', end).once('close', cut);
    // The cut tells it as well; without a listener it would end the process.
    payload.on('error', () => undefined);
    // A client may have left while its key was asked for.
    if (payload.destroyed) cut();
    else request.continueBody?.();
  });
}
