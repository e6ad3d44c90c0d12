import { AppError } from '../errors.ts';
import type { NetworkFault } from './faults.ts';

/**
 * One sentence for every cause before an answer, whether an address was refused, a name unknown, a port closed or an
 * internal host's certificate wrong: different words would let a caller map the network behind this server. Named is only
 * what a fault has `publicWords` for. The log gets the cause.
 */
export function unreachable(cause: NetworkFault): AppError {
  const { fault, message } = cause;
  return new AppError({
    code: 'unreachable',
    status: 400,
    message: `could not be fetched: ${cause.publicWords ?? 'no usable answer from its address'}`,
    detail: `${fault}: ${message}`,
    retryable: fault === 'dns_failed' || fault === 'connect_failed' || fault === 'connection_lost',
    cause,
  });
}

/** The whole download has one limit, connection and all. */
export function timedOut(timeoutMs: number, detail: string): AppError {
  return new AppError({
    code: 'timed_out',
    status: 400,
    message: `could not be fetched within ${timeoutMs / 1000} s`,
    detail,
    retryable: true,
  });
}

/** The answer began, or the request was sent, and then nothing came for longer than the idle limit. */
export function stalled(detail: string): AppError {
  return new AppError({
    code: 'timed_out',
    status: 400,
    message: 'could not be fetched: its server stopped answering',
    detail,
    retryable: true,
  });
}

/** Bytes came, but fewer than the least that is waited for. */
export function tooSlow(bytesPerSecond: number, detail: string): AppError {
  return new AppError({
    code: 'timed_out',
    status: 400,
    message: `could not be fetched: its server sends less than ${bytesPerSecond} bytes per second`,
    detail,
    retryable: true,
  });
}

/** Worth another try: 408, 425, 429 and 5xx. */
export function badStatus(statusCode: number, host: string): AppError {
  return new AppError({
    code: 'bad_status',
    status: 400,
    message: `could not be fetched: its server answered with status ${statusCode}, must be 200`,
    detail: `${host} answered ${statusCode}`,
    retryable: statusCode >= 500 || [408, 425, 429].includes(statusCode),
    fields: { status_code: statusCode },
  });
}

/** `bytes` is what the server announced, or what had arrived when the limit was passed. */
export function tooLarge(bytes: number, bytesMax: number, isAnnounced: boolean): AppError {
  return new AppError({
    code: 'too_large',
    status: 400,
    message: `must have at most ${bytesMax} bytes, ${isAnnounced ? 'has' : 'has at least'} ${bytes}`,
    fields: { bytes, bytes_max: bytesMax },
  });
}

/** Files are taken only as they are. */
export function unsupportedEncoding(encoding: string): AppError {
  return new AppError({
    code: 'unsupported_encoding',
    status: 400,
    message: `must be served without compression, is served with encoding '${encoding.replace(/[^\x20-\x7e]/g, '?').slice(0, 40)}'`,
    detail: `encoding '${encoding.slice(0, 100)}'`,
  });
}
