import { AppError } from '../../lib/errors.ts';

/** 408: the bytes of a file come too slowly, or none do. */
export function uploadTooSlow(bytesPerSecond: number): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 408,
    message: `body: came with less than ${bytesPerSecond} bytes a second`,
    param: 'body',
  });
}

/** 408: both times are the server's limits in milliseconds. */
export function requestTooSlow(headersMs: number, requestMs: number): AppError {
  const seconds = (ms: number) => `${ms / 1000} s`;
  return new AppError({
    code: 'invalid_request',
    status: 408,
    message: `the request was not sent in time: its header within ${seconds(headersMs)}, all of it within ${seconds(requestMs)}`,
  });
}

/** 400: Node's parser could not read it. */
export function malformedRequest(): AppError {
  return new AppError({ code: 'invalid_request', status: 400, message: 'the request is no valid HTTP/1.1' });
}

/** 400: RFC 9112 §3.2 asks for exactly one. */
export function hostMissing(): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 400,
    param: 'Host',
    message: 'Host: must stand in the request exactly once',
  });
}

/** 431: beyond Node's `maxHeaderSize`. */
export function headersTooLarge(limitBytes: number): AppError {
  return new AppError({
    code: 'invalid_request',
    status: 431,
    message: `the header fields are larger than ${limitBytes} bytes together`,
  });
}
