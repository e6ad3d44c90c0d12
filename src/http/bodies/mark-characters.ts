import type { AuthenticatedKey } from '../../accounts/index.ts';
import { findElements } from '../../elements/index.ts';
import type { Context } from '../../flow/index.ts';
import { markNames } from './mark-names.ts';

/** The prompt with marks in the place of the names of these elements of the account, in their order; anything but text stays. */
export async function markCharacters(
  { database }: Pick<Context, 'database'>,
  { account_id }: Pick<AuthenticatedKey, 'account_id'>,
  prompt: unknown,
  ids: readonly string[],
): Promise<unknown> {
  if (typeof prompt !== 'string' || ids.length === 0) return prompt;
  const numbers = ids.filter((id) => /^[1-9]\d{15}$/.test(id)).map(Number);
  const found = await findElements(database.db, account_id, numbers);
  const named = found.map(({ id, name }) => ({ place: ids.indexOf(String(id)) + 1, name }));
  return markNames(prompt, named);
}
