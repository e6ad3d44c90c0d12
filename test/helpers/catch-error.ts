import { expect } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';

/** The AppError that `work` must reject with. */
export async function catchError(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}
