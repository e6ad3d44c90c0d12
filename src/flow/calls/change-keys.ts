import { type ApiKey, changeKey, deleteKey, getKey, type KeyChange, keysChanged } from '../../accounts/index.ts';
import { type Actor, noteChange } from '../../audit/index.ts';
import { type Db, transaction } from '../../db/index.ts';
import { announce } from '../../jobs/index.ts';

/**
 * Changes the given fields of a key and answers it as it is then. One transaction with its audit line; every process
 * that runs asks for its keys again at the commit, and after 1 s at the latest. Throws 404 `key_not_found`, 400
 * `invalid_request` naming the field.
 */
export async function editKey(db: Db, actor: Actor, keyId: number, change: KeyChange, now: Date): Promise<ApiKey> {
  return await transaction(db, async (tx) => {
    await changeKey(tx, keyId, change, now);
    const key = await getKey(tx, keyId, now);
    await noteChange(tx, {
      actor,
      action: chooseAction(change),
      subject: `key:${keyId}`,
      account_id: key.account_id,
      details: { name: key.name, ...change },
    });
    await announce(tx, keysChanged);
    return key;
  });
}

/** Deletes a key for good and answers what it was. As `editKey`. Throws 404 `key_not_found`. */
export async function removeKey(db: Db, actor: Actor, keyId: number, now: Date): Promise<ApiKey> {
  return await transaction(db, async (tx) => {
    const key = await getKey(tx, keyId, now);
    await deleteKey(tx, keyId);
    const { account_id, name, hint } = key;
    await noteChange(tx, {
      actor,
      action: 'key.delete',
      subject: `key:${keyId}`,
      account_id,
      details: { name, hint },
    });
    await announce(tx, keysChanged);
    return key;
  });
}

function chooseAction({ disabled, ...others }: KeyChange): string {
  const isSwitch = disabled !== undefined && Object.values(others).every((value) => value === undefined);
  if (!isSwitch) return 'key.edit';
  return disabled ? 'key.disable' : 'key.enable';
}
