import type { TroupeErrorCode } from './error-codes.ts';
import { TroupeError } from './errors.ts';

/** Whether something that was thrown is a {@link TroupeError} with one of these codes, which its type knows then. */
export function hasCode<Code extends TroupeErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is TroupeError & { code: Code } {
  return error instanceof TroupeError && (codes as readonly string[]).includes(error.code);
}
