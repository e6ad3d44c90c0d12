import {
  type Account,
  type AuthenticatedKey,
  type CallbackSecret,
  createAccount,
  getAccount,
  listCallbackSecrets,
  rotateCallbackSecret,
} from '../../accounts/index.ts';
import { type Actor, noteChange } from '../../audit/index.ts';
import { type Balance, presentCredits, topUp, withdraw } from '../../credits/index.ts';
import { type Db, transaction } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { tooManySecrets } from './errors.ts';

/** Makes an account without any key, with its audit line. Throws 400 `invalid_request` for a name that is taken. */
export async function openAccount(db: Db, actor: Actor, name: string): Promise<Account> {
  return await transaction(db, async (tx) => {
    const account = await createAccount(tx, name);
    await noteChange(tx, {
      actor,
      action: 'account.create',
      subject: `account:${account.id}`,
      account_id: account.id,
      details: { name },
    });
    return account;
  });
}

/**
 * Tops an account up, or withdraws when `amount_microcredits` is negative (never 0), with its audit line. Not idempotent.
 * Throws 404 `account_not_found`, 400 `invalid_request` when more would be withdrawn than is available.
 */
export async function moveCredits(
  db: Db,
  actor: Actor,
  move: { account_id: number; amount_microcredits: number; note?: string | undefined },
): Promise<Balance> {
  return await transaction(db, async (tx) => {
    const { account_id, amount_microcredits, note } = move;
    const isWithdrawal = amount_microcredits < 0;
    await getAccount(tx, account_id);
    const booking = {
      account_id,
      amount_microcredits: Math.abs(amount_microcredits),
      ...(note === undefined ? {} : { note }),
    };
    const balance = await (isWithdrawal ? withdraw : topUp)(tx, booking);
    await noteChange(tx, {
      actor,
      action: isWithdrawal ? 'credits.withdraw' : 'credits.top_up',
      subject: `account:${account_id}`,
      account_id,
      details: { credits: presentCredits(booking.amount_microcredits), note },
    });
    return balance;
  });
}

/**
 * Gives an account a new callback secret, with its audit line, which holds no secret. The old one signs beside it for
 * 24 hours, or no more with `at_once`. Answers the valid ones, the newest first. Throws 404 `account_not_found`.
 */
export async function rotateSecret(
  db: Db,
  actor: Actor,
  accountId: number,
  now: Date,
  options: { at_once?: boolean } = {},
): Promise<readonly CallbackSecret[]> {
  return await transaction(db, async (tx) => {
    const secrets = await rotateCallbackSecret(tx, accountId, now, options);
    await noteChange(tx, {
      actor,
      action: 'callback_secret.rotate',
      subject: `account:${accountId}`,
      account_id: accountId,
      details: { at_once: options.at_once ?? false },
    });
    return secrets;
  });
}

/** Secrets of one account that may be valid at a time: each signs every callback, and a header holds only so much. */
const secretsMax = 8;

/** What the account's callbacks are signed with now, the newest first. */
export async function listSecrets({ database, clock }: Context, accountId: number): Promise<readonly CallbackSecret[]> {
  return (await listCallbackSecrets(database.db, [accountId], clock.now())).get(accountId) ?? [];
}

/**
 * As {@link rotateSecret}, by the word of a key of the account. Throws 409 `too_many_secrets` while {@link secretsMax} are
 * valid: each signs for 24 hours.
 */
export async function rotateSecretOf(context: Context, caller: AuthenticatedKey): Promise<readonly CallbackSecret[]> {
  const { account_id, key_id } = caller;
  return await transaction(context.database.db, async (tx) => {
    const secrets = await rotateSecret(tx, `key:${key_id}`, account_id, context.clock.now());
    if (secrets.length > secretsMax) throw tooManySecrets(secrets.length - 1);
    return secrets;
  });
}
