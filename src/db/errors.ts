/** PostgreSQL's error classes that mean "the server or the way to it is gone", by SQLSTATE (appendix A). */
const lostStates = /^(08...|57P0[1-5]|53300|25P0[34])$/;

/** Node's and pg's own words for the same. */
const lostCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);
const lostMessages =
  /Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/i;

/** Whether a statement failed because the database can't be reached, rather than because of the statement. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = String((error as { code?: unknown }).code ?? '');
  if (lostCodes.has(code) || isSocketMissing(error) || lostStates.test(code) || lostMessages.test(error.message))
    return true;
  return error instanceof AggregateError && error.errors.some(isConnectionLost);
}

/** The Unix socket of a server that is down isn't there; the same code of a file means something else. */
function isSocketMissing(error: Error): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && syscall === 'connect';
}

/** Whether a statement failed because a row with the same key exists. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === '23505';
}
