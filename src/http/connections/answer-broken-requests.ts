import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { AppError } from '../../lib/errors.ts';
import type { PresentError } from '../send-error.ts';
import { headersTooLarge, malformedRequest, requestTooSlow } from './errors.ts';
import { closeGently, isLingering, type LingerLimits } from './linger.ts';
import { readClientAddress } from './read-client-address.ts';

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
  headerBytesMax: number;
  linger: LingerLimits;
  present: PresentError;
}

/**
 * Answers, in the documented body, what Node's own parser refuses before there is a request, and closes the connection:
 * where the next request would begin can't be known any more.
 */
export function answerBrokenRequest(
  error: Error & { code?: string },
  socket: Socket,
  { headersMs, requestMs, headerBytesMax, ...answering }: BrokenRequestOptions,
): void {
  // What comes after the last answer is thrown away, whatever it is.
  if (error.code === 'ECONNRESET' || socket.destroyed || isLingering(socket)) return;
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    refuseOnSocket(socket, requestTooSlow(headersMs, requestMs), answering);
  } else {
    const refusal = error.code === 'HPE_HEADER_OVERFLOW' ? headersTooLarge(headerBytesMax) : malformedRequest();
    refuseOnSocket(socket, refusal, answering);
  }
}

/** Answers on a connection that no answer of Node's belongs to, notes it like any request, and closes it. */
export function refuseOnSocket(
  socket: Socket,
  error: AppError,
  { log, createRequestId, linger, present }: Omit<BrokenRequestOptions, 'headersMs' | 'requestMs' | 'headerBytesMax'>,
): void {
  const requestId = createRequestId();
  const address = readClientAddress(socket.remoteAddress);
  const { status, body } = present(error, requestId);
  log.info({ request_id: requestId, method: null, route: null, status, address }, 'request');
  if (socket.writable) socket.write(writeAnswer(status, JSON.stringify(body), requestId));
  closeGently(socket, linger);
  socket.destroySoon();
}

function writeAnswer(status: number, body: string, requestId: string): string {
  return [
    `HTTP/1.1 ${status} ${reasons[status]}`,
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
