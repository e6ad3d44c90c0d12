import { AppError, type ErrorCode } from '../lib/errors.ts';

/**
 * The errors of the media room. Codes are those the public contract documents for failed tasks; `param` is the request
 * field of the source, and every message begins with it.
 */

/** Not a format the contract accepts: `what` names what the bytes are, `expected` what they should be. */
export function unsupportedImage(param: string, what: string, expected: string): AppError {
  return fileError('image_processing_error', param, `is ${what}, expected ${expected}`);
}

/** Right by its first bytes, but cannot be decoded. `detail` is the decoder's own sentence, for the log only. */
export function unreadableImage(param: string, rule: string, detail?: string): AppError {
  return fileError('image_processing_error', param, rule, detail);
}

/** Breaks a size or ratio rule for images. */
export function imageDimensionMismatch(param: string, rule: string): AppError {
  return fileError('image_dimension_mismatch', param, rule);
}

/** Breaks any other limit: bytes of a file, and every rule for clips. */
export function invalidMedia(param: string, rule: string, detail?: string): AppError {
  return fileError('invalid_parameters', param, rule, detail);
}

/** The file needs more memory than a child process may have. Deterministic, so not retryable. */
export function needsTooMuchMemory(param: string, limitMib: number, detail: string): AppError {
  return fileError('image_processing_error', param, `needs more than ${limitMib} MiB of memory to decode`, detail);
}

/** The file keeps a processor busy for longer than a file may. Deterministic, so not retryable. */
export function needsTooMuchTime(param: string, seconds: number, detail: string): AppError {
  return new AppError({
    code: 'generation_timeout',
    status: 504,
    message: `${param}: needs more than ${seconds} s of processor time`,
    param,
    detail,
  });
}

/** This machine didn't get to the work, or our own code waits for ever. No file's fault: another attempt may succeed. */
export function mediaStalled(detail: string): AppError {
  return new AppError({
    code: 'service_error',
    status: 500,
    message: 'this server was too busy to do the work in time; nothing was charged',
    detail,
    retryable: true,
  });
}

/** The decoder was ended by a signal from outside, as at a stop of the server. No file's fault. */
export function decoderStopped(detail: string): AppError {
  return new AppError({
    code: 'service_error',
    status: 500,
    message: 'the program that reads video was stopped; nothing was charged',
    detail,
    retryable: true,
  });
}

/** Our child process ended by itself: another attempt may succeed. */
export function mediaChildLost(param: string, detail: string): AppError {
  return new AppError({
    code: 'service_error',
    status: 500,
    message: `${param}: the process that decoded it ended unexpectedly`,
    param,
    detail,
    retryable: true,
  });
}

/** The disk of the work folder is full: another attempt may find room. */
export function noSpaceLeft(param: string, detail: string): AppError {
  return new AppError({
    code: 'resource_exhausted',
    status: 503,
    message: `${param}: this server has no room left for the pictures of an element`,
    param,
    detail,
    retryable: true,
  });
}

/** Neither ffmpeg nor node-av is there: the operator has to install one of them. */
export function noVideoDecoder(param: string, detail: string): AppError {
  return new AppError({
    code: 'service_error',
    status: 500,
    message: `${param}: this server cannot decode video: neither ffmpeg nor the npm package node-av is installed`,
    param,
    detail,
  });
}

/** A clip has to be written anew, which only ffmpeg with an H.264 encoder does: the operator has to install it. */
export function noClipConverter(param: string, detail: string): AppError {
  return new AppError({
    code: 'service_error',
    status: 500,
    message: `${param}: this server cannot convert video: no ffmpeg with an H.264 encoder is installed`,
    param,
    detail,
  });
}

/** No program or package that can write H.264: the operator has to install one. */
export function noVideoEncoder(detail: string): AppError {
  return new AppError({
    code: 'service_error',
    status: 500,
    message:
      'model: this server cannot make video: neither an ffmpeg with libx264 nor the npm package node-av is installed',
    param: 'model',
    detail,
  });
}

/** The encoder gave up in the middle: another attempt may succeed. */
export function encodingFailed(detail: string): AppError {
  return new AppError({
    code: 'service_error',
    status: 500,
    message: 'model: the video could not be encoded',
    param: 'model',
    detail,
    retryable: true,
  });
}

/** The disk of the work folder is full: another attempt may find room. */
export function noRoomForVideo(detail: string): AppError {
  return new AppError({
    code: 'resource_exhausted',
    status: 503,
    message: 'model: this server has no room left for the video',
    param: 'model',
    detail,
    retryable: true,
  });
}

/** Faces are to be compared, and can't be: the operator's to mend. */
export function noFaceComparison(why: string): AppError {
  return new AppError({
    code: 'service_error',
    status: 500,
    message: `TROUPE_COMPARE_FACES is on, but faces can't be compared: ${why}, or set TROUPE_COMPARE_FACES to off`,
  });
}

function fileError(code: ErrorCode, param: string, rule: string, detail?: string): AppError {
  return new AppError({
    code,
    status: 400,
    message: `${param}: ${rule}`,
    param,
    ...(detail === undefined ? {} : { detail }),
  });
}
