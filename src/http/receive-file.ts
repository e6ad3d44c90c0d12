import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../lib/errors.ts';
import { bodyTooLarge, malformedBody } from './errors.ts';

/**
 * Writes a body to `path`, which must not exist, as it comes: none of it stays in memory. Called by Fastify after the
 * hooks of `onRequest`, so only for a key that is known. On any error nothing is left. Throws 413 past the limit of the
 * route, 400 when the body is cut short; what the disk says otherwise.
 */
export async function receiveFile(request: FastifyRequest, payload: IncomingMessage, path: string): Promise<void> {
  const { bodyLimit } = request.routeOptions;
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(bytes > bodyLimit ? bodyTooLarge(bodyLimit) : null, chunk);
    },
  });
  request.continueBody?.();
  try {
    await pipeline(payload, count, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await rm(path, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    const isCut = code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET';
    throw isCut && !(error instanceof AppError) ? malformedBody('the connection ended before it did') : error;
  }
}
