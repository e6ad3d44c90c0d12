import { Type } from 'typebox';
import {
  type AuthenticatedKey,
  accountNotFound,
  findAccount,
  findAccountByName,
  hasRole,
} from '../../../accounts/index.ts';
import type { Context } from '../../../flow/index.ts';

/** How a query names an account. */
export const accountFields = {
  account: Type.Optional(
    Type.String({
      maxLength: 64,
      'x-text': 'plain',
      description:
        "Id or name of the account (digits alone are an id). Only an admin may name another than the key's own.",
    }),
  ),
};

/**
 * The account that a request is about: the one it names, else the key's own. Throws 404 `account_not_found` for one that
 * the key may not see, exactly as for one that isn't there.
 */
export async function chooseAccount(
  { database }: Pick<Context, 'database'>,
  caller: AuthenticatedKey,
  named: string | undefined,
): Promise<number> {
  if (named === undefined) return caller.account_id;
  const isId = /^\d+$/.test(named);
  if (named === (isId ? String(caller.account_id) : caller.account_name)) return caller.account_id;
  if (!hasRole(caller.role, 'admin')) throw accountNotFound(named);
  const found = isId ? await findAccount(database.db, parseId(named)) : await findAccountByName(database.db, named);
  if (found === null) throw accountNotFound(named);
  return found.id;
}

/** 0, which no row has, for digits beyond all ids. */
function parseId(digits: string): number {
  const id = Number(digits);
  return Number.isSafeInteger(id) ? id : 0;
}
