import { Type } from 'typebox';
import { showValue } from '../../lib/show-value.ts';
import { invalidRequest } from '../errors.ts';

/** `dry_run` of every model, beside `model`. */
export const dryRunField = Type.Optional(
  Type.Boolean({
    description:
      'With true the request is only checked, as far as it can be without making anything: a task like any other that reserves ' +
      'and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.',
    examples: [true],
  }),
);

/** Where it would be ignored by a reader, and the request be charged. */
const misplaced = ['dryRun', 'dryrun', 'dry-run', 'model_params.dry_run', 'model_params.dryRun'];

/**
 * Whether a request asks for a dry run. Null and '' count as left out, as in every field. Throws `invalid_request` (400) for any other
 * value than true and false, and for the field in another spelling or place: a request that was meant to cost nothing is
 * never taken for one that does.
 */
export function parseDryRun(body: object): boolean {
  const { dry_run: sent = null, model_params: params } = body as { dry_run?: unknown; model_params?: unknown };
  const inParams = typeof params === 'object' && params !== null ? params : {};
  const wrong = misplaced.find((path) => {
    const name = path.replace('model_params.', '');
    return Object.hasOwn(name === path ? body : inParams, name);
  });
  if (wrong !== undefined) {
    throw invalidRequest({ param: wrong, message: `${wrong}: has no effect here, is dry_run beside model` });
  }
  if (sent === null || sent === '') return false;
  if (typeof sent === 'boolean') return sent;
  throw invalidRequest({ param: 'dry_run', message: `dry_run: must be true or false, is ${showValue(sent)}` });
}
