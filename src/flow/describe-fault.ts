import { isConnectionLost } from '../db/index.ts';
import { AppError } from '../lib/errors.ts';
import { isOutOfRoom } from '../lib/is-out-of-room.ts';
import { isUnwritable } from '../lib/is-unwritable.ts';

/** As the fields of a line of the log. */
export type DescribedFault = { reason: string; detail?: string; err?: unknown } | { err: unknown };

/** What is expected to go wrong now and then is logged in its words; what nobody expected whole, with its stack. */
export function describeFault(error: unknown): DescribedFault {
  if (!(error instanceof AppError)) return isExpected(error) ? { reason: error.message } : { err: error };
  const { code, message: reason, detail, cause } = error;
  if (code === 'internal_error' && !isExpected(cause)) return { reason, ...toDetail(detail), err: cause ?? error };
  if (code === 'service_error' && cause !== undefined && !isExpected(cause)) {
    return { reason, ...toDetail(detail), err: cause };
  }
  return { reason, ...toDetail(detail ?? (cause instanceof Error ? cause.message : undefined)) };
}

const toDetail = (detail: string | undefined) => (detail === undefined ? {} : { detail });

function isExpected(error: unknown): error is Error {
  return error instanceof AppError || isConnectionLost(error) || isOutOfRoom(error) || isUnwritable(error);
}
