/** What an error of this client says; absent where there was no answer to take it from. */
export interface ErrorDetails {
  code: string;
  message: string;
  status?: number | undefined;
  param?: string | undefined;
  requestId?: string | undefined;
  retryAfterSeconds?: number | undefined;
  cause?: unknown;
}

/**
 * The one error of the client. `code` is the server's (`docs/errors.md`), or one of the client's own:
 * `server_unreachable` (no answer at all), `unexpected_answer` (not from a Troupe server), `invalid_client_options`. A
 * task that failed is no error here: it is a task with an `error`.
 */
export class TroupeError extends Error {
  override readonly name = 'TroupeError';
  readonly code: string;
  /** HTTP status; undefined when nothing answered. */
  readonly status: number | undefined;
  /** Path of the request field at fault. */
  readonly param: string | undefined;
  /** The `X-Request-Id` of the answer, for the server's operator. */
  readonly requestId: string | undefined;
  /** What `Retry-After` asked for. */
  readonly retryAfterSeconds: number | undefined;

  constructor(details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.status = details.status;
    this.param = details.param;
    this.requestId = details.requestId;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** Nothing answered at `url`. The reason of a failed `fetch` hides in its cause. */
export function serverUnreachable(url: string, cause: unknown): TroupeError {
  return new TroupeError({
    code: 'server_unreachable',
    message: `no server answers at ${new URL(url).origin} (${findReason(cause)})`,
    cause,
  });
}

/** An answer that no Troupe server gives: a proxy or another service stands at this address. */
export function unexpectedAnswer(url: string, status: number, requestId: string | undefined): TroupeError {
  return new TroupeError({
    code: 'unexpected_answer',
    status,
    requestId,
    message: `${new URL(url).origin} answered with status ${status} and no JSON of a Troupe server`,
  });
}

/** The caller's own mistake, found before anything was sent. */
export function invalidOptions(message: string): TroupeError {
  return new TroupeError({ code: 'invalid_client_options', message });
}

function findReason(error: unknown): string {
  const cause = (error as Error)?.cause ?? error;
  const { code, message, errors } = cause as { code?: string; message?: string; errors?: { code?: string }[] };
  return code ?? errors?.[0]?.code ?? (message || 'connection failed');
}
