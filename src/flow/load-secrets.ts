import { listCallbackSecrets } from '../accounts/index.ts';
import type { Db } from '../db/index.ts';

/** What an account's callbacks are signed with, the newest first. */
export type Secrets = readonly [string, ...string[]];

/** Every account has a secret from its first key on; the database keeps it so. */
export async function loadSecrets(
  db: Db,
  accountIds: readonly number[],
  now: Date,
): Promise<(accountId: number) => Secrets> {
  const found = await listCallbackSecrets(db, [...new Set(accountIds)], now);
  return (accountId) => {
    const [newest, ...older] = found.get(accountId) ?? [];
    if (newest === undefined) throw new Error(`account ${accountId} has no callback secret`);
    return [newest.secret, ...older.map(({ secret }) => secret)];
  };
}
