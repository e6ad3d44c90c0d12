import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { AppError } from '../lib/errors.ts';
import { headersTooLarge, malformedRequest, requestTooSlow } from './errors.ts';
import { closeGently, isLingering, type LingerLimits } from './linger.ts';
import { readClientAddress } from './read-client-address.ts';
import { presentError } from './send-error.ts';

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

export interface BrokenRequestOptions {
  log: Logger;
  createRequestId: () => string;
  /** Milliseconds in which a header, and a whole request, must have come; told in the answer. */
  headersMs: number;
  requestMs: number;
  linger: LingerLimits;
}

/**
 * Answers, in the documented body, what Node's own parser refuses before there is a request, and closes the connection:
 * where the next request would begin can't be known any more.
 */
export function answerBrokenRequest(
  error: Error & { code?: string },
  socket: Socket,
  { log, createRequestId, headersMs, requestMs, linger }: BrokenRequestOptions,
): void {
  // What comes after the last answer is thrown away, whatever it is.
  if (error.code === 'ECONNRESET' || socket.destroyed || isLingering(socket)) return;
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    refuseOnSocket(log, socket, requestTooSlow(headersMs, requestMs), createRequestId(), linger);
  } else {
    const refusal = error.code === 'HPE_HEADER_OVERFLOW' ? headersTooLarge() : malformedRequest();
    refuseOnSocket(log, socket, refusal, createRequestId(), linger);
  }
}

/** Answers on a connection that no answer of Node's belongs to, notes it like any request, and closes it. */
export function refuseOnSocket(
  log: Logger,
  socket: Socket,
  error: AppError,
  requestId: string,
  linger: LingerLimits,
): void {
  const address = readClientAddress(socket.remoteAddress);
  log.info({ request_id: requestId, method: null, route: null, status: error.status, address }, 'request');
  if (socket.writable) socket.write(writeAnswer(error, requestId));
  closeGently(socket, linger);
  socket.destroySoon();
}

function writeAnswer(error: AppError, requestId: string): string {
  const body = JSON.stringify(presentError(error, requestId));
  return [
    `HTTP/1.1 ${error.status} ${reasons[error.status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
