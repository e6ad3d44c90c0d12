import { type CreatedKey, createKey, type KeyRequest, keysChanged, listAccounts } from '../../accounts/index.ts';
import { type Actor, noteChange } from '../../audit/index.ts';
import { presentCredits, topUp } from '../../credits/index.ts';
import { type Db, transaction } from '../../db/index.ts';
import { announce } from '../../jobs/index.ts';

/** Makes a key, its account when that is missing, and tops the account up, in one transaction with their audit lines. */
export async function grantKey(
  db: Db,
  request: KeyRequest,
  microcredits: number,
  now: Date,
  actor: Actor = 'server',
): Promise<CreatedKey> {
  return await transaction(db, async (tx) => {
    const created = await createKey(tx, request, now);
    const { account_id, account_name, key_id, name } = created;
    const subject = `account:${account_id}`;
    if (created.is_new_account) {
      await noteChange(tx, { actor, action: 'account.create', subject, account_id, details: { name: account_name } });
    }
    const details = { ...request, account: account_name };
    await noteChange(tx, { actor, action: 'key.create', subject: `key:${key_id}`, account_id, details });
    if (microcredits > 0) {
      const note = `with key ${name}`;
      await topUp(tx, { account_id, amount_microcredits: microcredits, note });
      const credits = presentCredits(microcredits);
      await noteChange(tx, { actor, action: 'credits.top_up', subject, account_id, details: { credits, note } });
    }
    await announce(tx, keysChanged);
    return created;
  });
}

/** On a database without any account: the key that a newcomer starts with. Null on every later start. */
export async function grantFirstKey(db: Db, microcredits: number, now: Date): Promise<CreatedKey | null> {
  if ((await listAccounts(db)).length > 0) return null;
  return await grantKey(db, { account: 'default', name: 'first key', role: 'admin' }, microcredits, now);
}
