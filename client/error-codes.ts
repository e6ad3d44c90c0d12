// Generated from src/lib/errors.ts by npm run generate.

/** Every code that a server answers with or that a failed task has, each with an entry in the error guide. */
export const serverErrorCodes = [
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

/** A code of {@link serverErrorCodes}, or one of the client's own. */
export type TroupeErrorCode =
  | (typeof serverErrorCodes)[number]
  | 'server_unreachable'
  | 'unexpected_answer'
  | 'invalid_client_options';
