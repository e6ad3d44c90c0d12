import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { checkJsonShape } from '../lib/check-json-shape.ts';
import { bodyTooLarge, invalidRequest, serverBusy, unsupportedMediaType } from './errors.ts';

export interface BodyLimits {
  bodyBytesMax: number;
  bodiesBytesMax: number;
}

/**
 * Refuses what would cost too much before it's read: a body announced as too large, one that would have to be unpacked,
 * one more large body than fits into memory. After reading: JSON nested too deep or with too many keys.
 */
export function checkBodies(app: FastifyInstance, { bodyBytesMax, bodiesBytesMax }: BodyLimits): void {
  // Fastify takes plain text as well by itself.
  app.removeContentTypeParser('text/plain');
  let receivingBytes = 0;
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') throw unsupportedMediaType();
    const bytes = readAnnouncedBytes(request.headers, bodyBytesMax);
    // Many clients name a type for no body as well. Where one is due, its check says that it is missing.
    if (bytes === 0) delete request.headers['content-type'];
    if (bytes > bodyBytesMax) throw bodyTooLarge(bodyBytesMax);
    if (receivingBytes + bytes > bodiesBytesMax) throw serverBusy();
    receivingBytes += bytes;
    // Closed is the one event that comes however the exchange ends.
    reply.raw.once('close', () => {
      receivingBytes -= bytes;
    });
  });
  app.addHook('preValidation', async (request) => {
    if (request.body === undefined || request.body === null) return;
    const invalid = checkJsonShape(request.body);
    if (invalid !== null) throw invalidRequest(invalid);
  });
}

/** A request without either header has no body (RFC 9112 §6.3); a chunked one may be as large as allowed. */
function readAnnouncedBytes(headers: IncomingHttpHeaders, bodyBytesMax: number): number {
  if (headers['transfer-encoding'] !== undefined) return bodyBytesMax;
  return Number(headers['content-length'] ?? 0);
}
