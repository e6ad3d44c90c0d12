import type { Socket } from 'node:net';
import type { AppError } from '../lib/errors.ts';
import { headersTooLarge, malformedRequest, requestTooSlow } from './errors.ts';
import { presentError } from './send-error.ts';

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/**
 * Answers, in the documented body, what Node's own parser refuses before there is a request, and closes the connection:
 * where the next request would begin can't be known any more.
 */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket, requestId: string): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(writeAnswer(toAppError(error.code), requestId));
  socket.destroySoon();
}

function toAppError(code: string | undefined): AppError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return requestTooSlow();
  return code === 'HPE_HEADER_OVERFLOW' ? headersTooLarge() : malformedRequest();
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
