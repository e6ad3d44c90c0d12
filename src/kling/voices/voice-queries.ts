import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';

/** A voice of a Kling account that an account of ours may bind to its elements. */
export interface VoiceGrant {
  credential: string;
  voice_id: string;
  account_id: number;
}

/** Once granted, granting again changes nothing. */
export async function grantVoice(db: Db, { credential, voice_id, account_id }: VoiceGrant): Promise<void> {
  await sql`
    insert into kling_voice_grants (credential, voice_id, account_id)
    values (${credential}, ${voice_id}, ${account_id}) on conflict do nothing`.execute(db);
}

/** False when it wasn't granted. Elements that have the voice keep it. */
export async function revokeVoice(db: Db, { credential, voice_id, account_id }: VoiceGrant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from kling_voice_grants
    where credential = ${credential} and voice_id = ${voice_id} and account_id = ${account_id}`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Ids of the voices of the account upstream that an account here may bind. */
export async function listGrantedVoices(db: Db, credential: string, account_id: number): Promise<string[]> {
  const { rows } = await sql<{ voice_id: string }>`
    select voice_id from kling_voice_grants
    where credential = ${credential} and account_id = ${account_id} order by voice_id`.execute(db);
  return rows.map(({ voice_id }) => voice_id);
}

/** Whether the operator has granted this voice of the account upstream to an account here. */
export async function isVoiceGranted(db: Db, { credential, voice_id, account_id }: VoiceGrant): Promise<boolean> {
  const { rows } = await sql`
    select from kling_voice_grants
    where credential = ${credential} and voice_id = ${voice_id} and account_id = ${account_id}`.execute(db);
  return rows.length > 0;
}

/** Of `credentials`, the accounts upstream whose voice this is, as far as grants tell. */
export async function listVoiceHolders(db: Db, credentials: readonly string[], voice_id: string): Promise<string[]> {
  const { rows } = await sql<{ credential: string }>`
    select distinct credential from kling_voice_grants
    where credential = any(${credentials}::text[]) and voice_id = ${voice_id}`.execute(db);
  return rows.map(({ credential }) => credential);
}
