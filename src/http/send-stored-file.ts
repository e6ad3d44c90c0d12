import { extname } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ByteRange, type Context, findStoredFile } from '../flow/index.ts';
import type { AppError } from '../lib/errors.ts';
import { rangeNotSatisfiable } from './errors.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.webp': 'image/webp',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.heic': 'image/heic',
  '.avif': 'image/avif',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.aac': 'audio/aac',
  '.m4a': 'audio/mp4',
  '.ogg': 'audio/ogg',
  '.flac': 'audio/flac',
  '.json': 'application/json',
};

/**
 * Streams a stored file, or the one byte range asked for (RFC 9110 §14). It never runs as a page of this server's origin.
 * Throws `absent()` when nothing lies under the key, 416 for a range outside the file.
 */
export async function sendStoredFile(
  context: Pick<Context, 'storage'>,
  key: string,
  request: FastifyRequest,
  reply: FastifyReply,
  { ageSecondsMax, absent }: { ageSecondsMax: number; absent: () => AppError },
): Promise<FastifyReply> {
  const found = await findStoredFile(context, key);
  if (found === null) throw absent();
  // No answer names a version, so `If-Range` can hold none of ours: its bytes may be the rest of another file (RFC 9110 §13.1.5).
  const range = request.headers['if-range'] === undefined ? parseRange(request.headers.range, found.sizeBytes) : null;
  if (range === 'outside') throw rangeNotSatisfiable(found.sizeBytes);
  const { first, last } = range ?? { first: 0, last: found.sizeBytes - 1 };
  const bytes = await found.read({ first, last });
  if (bytes === null) throw absent();
  reply.headers({
    'content-type': mediaTypes[extname(key)] ?? 'application/octet-stream',
    'content-length': last - first + 1,
    'accept-ranges': 'bytes',
    'cache-control': `private, max-age=${ageSecondsMax}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': request.bySession ? 'same-origin' : 'cross-origin',
  });
  if (range !== null) reply.code(206).header('content-range', `bytes ${first}-${last}/${found.sizeBytes}`);
  return reply.send(bytes);
}

/** Null for the whole file, which also answers what isn't understood and several ranges at once. */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | 'outside' | null {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return null;
  if (from === '') {
    return to === '0' ? 'outside' : { first: Math.max(0, sizeBytes - Number(to)), last: sizeBytes - 1 };
  }
  const [first, last] = [Number(from), to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1)];
  if (to !== '' && Number(to) < first) return null;
  return first >= sizeBytes ? 'outside' : { first, last };
}
