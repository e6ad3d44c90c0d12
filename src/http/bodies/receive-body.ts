import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { readShareOf } from '../connections/read-client-address.ts';
import { bodyTooLarge, malformedBody } from '../errors.ts';
import type { HeldBody } from './body-budget.ts';
import { notUtf8 } from './errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `checkBodies`: what of this body is in memory. */
    heldBody?: HeldBody;
    /** Set by `checkBodies` where the client waits for a word before it sends the body. */
    continueBody?: () => void;
  }
}

/**
 * Reads a body to its end, at most as many bytes as the route takes, counted in the budget as they come. Called by
 * Fastify after the hooks of `onRequest`, so only for a key that is known.
 * Throws 413 past the limit, 503 past the budget, 400 when it is cut short, 401 and 402 for a key that was disabled meanwhile.
 */
export async function receiveBody(request: FastifyRequest, payload: IncomingMessage): Promise<Buffer> {
  const body = await receive(request, payload);
  await request.confirmCaller?.();
  return body;
}

function receive(request: FastifyRequest, payload: IncomingMessage): Promise<Buffer> {
  const { bodyLimit } = request.routeOptions;
  const holder = { keyId: request.caller?.key_id ?? null, address: readShareOf(request.ip) };
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.continueBody?.();
  return new Promise<Buffer>((resolve, reject) => {
    const stop = (error: Error) => {
      payload.off('data', take).off('end', end).off('close', cut);
      chunks.length = 0;
      request.heldBody?.release();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bodyLimit) return stop(bodyTooLarge(bodyLimit));
      const refused = request.heldBody?.add(chunk.length, holder) ?? null;
      if (refused !== null) return stop(refused);
      chunks.push(chunk);
    };
    const end = () => resolve(Buffer.concat(chunks, bytes));
    const cut = () => {
      if (!payload.readableEnded) stop(malformedBody('the connection ended before it did'));
    };
    payload.on('data', take).once('end', end).once('close', cut);
    // The cut tells it as well; without a listener it would end the process.
    payload.on('error', () => undefined);
    // A client may have left while its key was asked for.
    if (payload.destroyed) cut();
  });
}

/** Throws 400 that names the place of the first byte that isn't UTF-8. */
export function decodeUtf8(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!isUtf8(bytes)) throw notUtf8(findWrongByte(bytes, text));
  return text;
}

/** Decoding puts U+FFFD (EF BF BD) where a byte is wrong, so the first difference is there, or within its first bytes. */
function findWrongByte(bytes: Buffer, decoded: string): number {
  const again = Buffer.from(decoded, 'utf8');
  let at = 0;
  while (at < bytes.length && bytes[at] === again[at]) at += 1;
  if (bytes[at - 1] === 0xef) return at - 1;
  return bytes[at - 2] === 0xef ? at - 2 : at;
}
