import { AppError } from '../../../lib/errors.ts';
import { showValue } from '../../../lib/show-value.ts';
import { invalidRequest } from '../../errors.ts';

/** 404: a model of another service's catalogue; `made` are those that are made here, in words. */
export function modelNotMade(param: string, name: string, made: readonly string[]): AppError {
  const message = `${param}: ${showValue(name)} is not made here; what is: ${made.join(', ')}`;
  return new AppError({ code: 'model_not_found', status: 404, param, message });
}

/** 400: beside a given video no sound is made, whatever the form calls the switch. */
export function notBesideVideo(param: string): AppError {
  return invalidRequest({
    param,
    message: `${param}: must be off here: no sound is made beside a given video, nor by O1`,
  });
}
