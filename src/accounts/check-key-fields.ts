import { invalidKeyField } from './errors.ts';
import type { KeyChange } from './schema.ts';

/** The rules of a key's fields, whether it is made or changed. Throws 400 `invalid_request` naming the field. */
export function checkKeyFields(fields: KeyChange): void {
  if (fields.name !== undefined) checkName('name', fields.name);
  checkLimit('total_limit', fields.total_limit_microcredits ?? 0);
  checkLimit('daily_limit', fields.daily_limit_microcredits ?? 0);
  if (fields.allowed_models?.length === 0) throw invalidKeyField('allowed_models', 'must name at least one model');
  if (fields.expires_at && Number.isNaN(fields.expires_at.getTime())) {
    throw invalidKeyField('expires_at', 'must be a time');
  }
}

/** The rule of the column: PostgreSQL counts code points and holds no NUL. Throws 400 `invalid_request`. */
export function checkName(param: string, name: string): void {
  const length = [...name].length;
  if (length < 1 || length > 64) throw invalidKeyField(param, `must have 1 to 64 characters, has ${length}`);
  if (/\p{Cc}/u.test(name)) throw invalidKeyField(param, 'must not contain control characters');
}

function checkLimit(param: string, microcredits: number): void {
  if (Number.isSafeInteger(microcredits) && microcredits >= 0) return;
  throw invalidKeyField(param, 'must be a whole number of microcredits from 0 to 9007199254740991');
}
