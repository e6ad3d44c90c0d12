import { createSession, endSession, getKey, keysChanged, type NewSignIn, type SignIn } from '../../accounts/index.ts';
import { noteChange } from '../../audit/index.ts';
import { transaction } from '../../db/index.ts';
import { announce } from '../../jobs/index.ts';
import type { Context } from '../context.ts';

type SignInContext = Pick<Context, 'database' | 'clock'>;

/**
 * Opens a browser's session, with its audit line in the same transaction. Throws 401 `unauthorized` as `createSession` does; a
 * link whose key doesn't work stays.
 */
export async function signIn({ database, clock }: SignInContext, shown: SignIn): Promise<NewSignIn> {
  return await transaction(database.db, async (tx) => {
    const session = await createSession(tx, shown, clock.now());
    const { key_id, account_id } = session.caller;
    await noteChange(tx, {
      actor: `key:${key_id}`,
      action: 'session.open',
      subject: `key:${key_id}`,
      account_id,
      details: { by: shown.once === undefined ? 'key' : 'link' },
    });
    return session;
  });
}

/** Ends a session, with its audit line, and every stream that it has open in any process; nothing where it has ended already. */
export async function signOut({ database, clock }: SignInContext, token: string): Promise<void> {
  await transaction(database.db, async (tx) => {
    const ended = await endSession(tx, token);
    if (ended === null) return;
    const { account_id } = await getKey(tx, ended.key_id, clock.now());
    const subject = `key:${ended.key_id}` as const;
    await noteChange(tx, { actor: subject, action: 'session.end', subject, account_id });
    await announce(tx, keysChanged);
  });
}
