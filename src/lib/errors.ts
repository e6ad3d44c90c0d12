/** Every code that a caller or an operator meets; each has one entry in `docs/errors.md`. */
export const errorCodes = [
  'archive_refused',
  'invalid_request',
  'unauthorized',
  'key_disabled',
  'key_expired',
  'insufficient_quota',
  'insufficient_token_quota',
  'token_daily_quota_exceeded',
  'model_access_denied',
  'permission_denied',
  'model_not_found',
  'engine_not_available',
  'not_found',
  'method_not_allowed',
  'invalid_task_id',
  'task_not_found',
  'element_not_found',
  'element_file_not_found',
  'view_not_found',
  'revision_conflict',
  'file_not_found',
  'file_quota_exceeded',
  'link_expired',
  'request_forgotten',
  'task_not_cancellable',
  'callback_not_resendable',
  'too_many_secrets',
  'idempotency_conflict',
  'rate_limit_exceeded',
  'service_unavailable',
  'paid_outcome_unknown',
  'internal_error',
  'image_processing_error',
  'image_dimension_mismatch',
  'invalid_parameters',
  'content_policy_violation',
  'generation_failed_no_content',
  'generation_timeout',
  'service_error',
  'resource_exhausted',
  'request_cancelled',
  'account_not_found',
  'key_not_found',
  'resource_not_found',
] as const;

/** Why a download failed: the flow gives these the words of the product, so that nobody else meets them. */
export const downloadCodes = ['unreachable', 'timed_out', 'bad_status', 'too_large', 'unsupported_encoding'] as const;

export type DownloadCode = (typeof downloadCodes)[number];
export type ErrorCode = (typeof errorCodes)[number] | DownloadCode;

/** What an error says, and to whom. */
export interface AppErrorOptions {
  /** Machine-readable word of the public vocabulary, for example `invalid_request`. */
  code: ErrorCode;
  /** HTTP status when the error answers a request. */
  status: number;
  /** Public sentence: field, rule and measured value. Never an address, path or key. */
  message: string;
  /** The request field at fault, as a path: `model_params.element_name`. */
  param?: string;
  /** For the operator's log only. */
  detail?: string;
  /** Whether the same attempt may succeed later without the caller changing anything. Default false. */
  retryable?: boolean;
  /** Seconds after which a retry makes sense; sent as `Retry-After`. */
  retryAfterSeconds?: number;
  /** Documented extra members of the public error object, for example `key_name`. */
  fields?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/**
 * The one error class of the program. Rooms raise it through small factories in their `errors.ts`; `http/send-error.ts`
 * alone turns it into a status and a body. The same `code` appears on a refused request, on a failed task and in its
 * callback, and has one entry in `docs/errors.md`.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly param: string | undefined;
  readonly detail: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(options: AppErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.status = options.status;
    this.param = options.param;
    this.detail = options.detail;
    this.retryable = options.retryable ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.fields = options.fields ?? {};
  }
}

/** 400: what should be an amount of credits is none; the message is the rule, and the reader of the field puts its name before it. */
export function wrongCredits(shown: string): AppError {
  const rule = `must be a plain decimal from 0 to 9007199254.740991 with at most 6 decimals, is '${shown}'`;
  return new AppError({ code: 'invalid_request', status: 400, message: rule });
}
