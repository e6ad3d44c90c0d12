import type { Invalid } from '../lib/describe-invalid.ts';
import { AppError } from '../lib/errors.ts';
import { showValue } from '../lib/show-value.ts';

/** 400: the request can't be carried out as it is; `message` names the field, the measured value and the rule. */
export function invalidRequest(invalid: Invalid): AppError {
  return new AppError({ code: 'invalid_request', status: 400, message: invalid.message, param: invalid.param });
}

/** 400 `invalid_request` about one field; `rule` says what was measured and what must be: `is 3, must be 1 or 2`. */
export function refuse(param: string, rule: string): AppError {
  return invalidRequest({ param, message: `${param}: ${rule}` });
}

/** 404: no model of that name in the catalogue. */
export function modelNotFound(id: string, param = 'model'): AppError {
  return new AppError({
    code: 'model_not_found',
    status: 404,
    message: `${param}: ${showValue(id)} is not offered here; GET /v1/models lists the models that are`,
    param,
  });
}
