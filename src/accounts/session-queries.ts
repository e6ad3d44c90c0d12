import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { AuthenticatedKey } from './schema.ts';

export interface NewSession {
  digest: Buffer;
  key_id: number;
  created_at: Date;
  used_at: Date;
  expires_at: Date;
}

/** Keeps a session; its secret only as `digest`. */
export async function insertSession(db: Db, session: NewSession): Promise<void> {
  await db.insertInto('key_sessions').values(session).execute();
}

/** A session with its key as it is now; null when there is none of this digest. */
export async function findSession(db: Db, digest: Buffer): Promise<SessionRow | null> {
  const row = await db
    .selectFrom('key_sessions')
    .innerJoin('api_keys', 'api_keys.id', 'key_sessions.key_id')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .select(['api_keys.id as key_id', 'api_keys.name as key_name', 'account_id', 'accounts.name as account_name'])
    .select(['role', 'allowed_models', 'api_keys.expires_at', 'disabled_at', 'last_used_at'])
    .select(['key_sessions.used_at as session_used_at', 'key_sessions.expires_at as session_expires_at'])
    .where('key_sessions.digest', '=', digest)
    .executeTakeFirst();
  return row ?? null;
}

export interface SessionRow extends AuthenticatedKey {
  session_used_at: Date;
  session_expires_at: Date;
}

/** Notes a use unless one was noted after `unlessAfter`, so that many requests write once. */
export async function updateSessionUse(db: Db, digest: Buffer, usedAt: Date, unlessAfter: Date): Promise<void> {
  const session = db.updateTable('key_sessions').set({ used_at: usedAt }).where('digest', '=', digest);
  await session.where('used_at', '<=', unlessAfter).execute();
}

/** Whose session it was; null when there was none. */
export async function deleteSession(db: Db, digest: Buffer): Promise<{ key_id: number } | null> {
  const row = await db.deleteFrom('key_sessions').where('digest', '=', digest).returning('key_id').executeTakeFirst();
  return row ?? null;
}

/** Those that are over at `now` or were last used before `idleSince`, and links that have ended. */
export async function deleteEndedSessions(db: Db, now: Date, idleSince: Date): Promise<void> {
  await sql`delete from key_sessions where expires_at <= ${now} or used_at <= ${idleSince}`.execute(db);
  await sql`delete from sign_in_links where expires_at <= ${now}`.execute(db);
}

/** Keeps a link; its secret only as `digest`. */
export async function insertSignInLink(db: Db, link: { digest: Buffer; key_id: number; expires_at: Date }) {
  await db.insertInto('sign_in_links').values(link).execute();
}

/** Takes a link away and answers its key; null when it's not there or has ended. Of two that ask at once, one gets it. */
export async function takeSignInLink(db: Db, digest: Buffer, now: Date): Promise<AuthenticatedKey | null> {
  const { rows } = await sql<AuthenticatedKey>`
    with taken as (delete from sign_in_links where digest = ${digest} returning key_id, expires_at)
    select api_keys.id as key_id, api_keys.name as key_name, account_id, accounts.name as account_name, role, allowed_models,
      api_keys.expires_at, disabled_at, last_used_at
    from taken join api_keys on api_keys.id = taken.key_id join accounts on accounts.id = account_id
    where taken.expires_at > ${now}`.execute(db);
  return rows[0] ?? null;
}

/** The oldest admin's key that works at `now`; null when none does. */
export async function findOperatorKey(db: Db, now: Date): Promise<{ key_id: number } | null> {
  const row = await db
    .selectFrom('api_keys')
    .select('id as key_id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]))
    .orderBy('id')
    .executeTakeFirst();
  return row ?? null;
}
