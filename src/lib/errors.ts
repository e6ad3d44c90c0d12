/**
 * The one error class of the program. Rooms raise it through small factories in their `errors.ts`; `http/send-error.ts`
 * alone turns it into a status and a body. The same `code` appears on a refused request, on a failed task and in its
 * callback, and has one entry in `docs/errors.md`.
 */
export interface AppErrorOptions {
  /** Machine-readable word of the public vocabulary, for example `invalid_request`. */
  code: string;
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

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: string;
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
