import { describeRefusals } from '../../document/describe-api.ts';
import { ErrorBody } from './schema.ts';

/** The error answers of a route, for its `response` schema. */
export function describeErrors(...statuses: number[]) {
  return describeRefusals(ErrorBody, statuses);
}
