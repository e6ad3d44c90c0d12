import { type CreatedKey, createKey, type KeyRequest, listAccounts } from '../accounts/index.ts';
import { topUp } from '../credits/index.ts';
import { type Db, transaction } from '../db/index.ts';

/** Makes a key, its account when that is missing, and tops the account up, in one transaction. */
export async function grantKey(db: Db, request: KeyRequest, microcredits: number, now: Date): Promise<CreatedKey> {
  return await transaction(db, async (tx) => {
    const created = await createKey(tx, request, now);
    if (microcredits > 0) {
      await topUp(tx, {
        account_id: created.account_id,
        amount_microcredits: microcredits,
        note: `with key ${created.name}`,
      });
    }
    return created;
  });
}

/** On a database without any account: the key that a newcomer starts with. Null on every later start. */
export async function grantFirstKey(db: Db, microcredits: number, now: Date): Promise<CreatedKey | null> {
  if ((await listAccounts(db)).length > 0) return null;
  return await grantKey(db, { account: 'default', name: 'first key' }, microcredits, now);
}
