import { sql } from 'kysely';
import { type Db, transaction } from '../../db/index.ts';
import type { ElementBinding } from '../tables.ts';

/** A name that things upstream are remembered under and that isn't one of now. */
export interface OtherName {
  credential: string;
  /** Elements that exist under it, as far as is known. */
  elements: number;
}

/** The latest names first, `limit` at most, of those under which an element exists or a voice was granted. */
export async function listOtherNames(db: Db, credentials: readonly string[], limit: number): Promise<OtherName[]> {
  const { rows } = await sql<OtherName>`
    select credential, count(element_id)::float8 as elements from (
      select credential, element_id, created_at from kling_elements where deleted_at is null and origin <> 'adopted'
      union all select credential, null, created_at from kling_elements where deleted_at is null and origin = 'adopted'
      union all select credential, null, granted_at from kling_voice_grants
    ) known
    where credential <> all(${credentials}::text[])
    group by credential order by max(created_at) desc limit ${limit}`.execute(db);
  return rows;
}

/** What can be asked about to learn whose it is. */
export interface MadeTask {
  external_task_id: string;
  endpoint: string;
  upstream_task_id: string;
}

/** Up to `limit` tasks that were made under a name, the latest first: the upstream keeps what it knows of a task for a while. */
export async function listMadeTasks(db: Db, credential: string, limit: number): Promise<MadeTask[]> {
  const { rows } = await sql<MadeTask>`
    select external_task_id, endpoint, upstream_task_id from kling_tasks
    where credential = ${credential} and state = 'succeeded' and upstream_task_id is not null
    order by arrival desc limit ${limit}`.execute(db);
  return rows;
}

type Copy = Pick<ElementBinding, 'upstream_element_id' | 'origin'> & { element_id: string };

/** What exists under both names, as the older one has it: other upstream elements than those of the newer. */
export async function listCopies(db: Db, from: string, to: string): Promise<Copy[]> {
  const { rows } = await sql<Copy>`
    select old.element_id::text, old.upstream_element_id, old.origin from kling_elements old
    join kling_elements new on new.element_id = old.element_id and new.credential = ${to} and new.deleted_at is null
    where old.credential = ${from} and old.deleted_at is null`.execute(db);
  return rows;
}

/** What is remembered under the name `from` goes by `to` from now on, but for what has ended and what exists under both. */
export async function renameAccount(db: Db, from: string, to: string): Promise<void> {
  await transaction(db, async (tx) => {
    await sql`
      delete from kling_elements ended using kling_elements old
      where ended.credential = ${to} and ended.deleted_at is not null and old.credential = ${from}
        and old.element_id = ended.element_id and old.deleted_at is null`.execute(tx);
    await sql`
      update kling_elements old set credential = ${to} where credential = ${from} and not exists (
        select from kling_elements new where new.credential = ${to} and (new.element_id = old.element_id
          or new.origin = 'adopted' and new.deleted_at is null and new.account_id = old.account_id
            and new.upstream_element_id = old.upstream_element_id))`.execute(tx);
    await sql`
      update kling_tasks old set credential = ${to} where credential = ${from} and not (purpose = 'provision' and exists (
        select from kling_tasks new where new.credential = ${to} and new.purpose = 'provision'
          and new.subject = old.subject and new.state <> 'failed'))`.execute(tx);
    await sql`
      insert into kling_voice_grants (credential, voice_id, account_id, granted_at)
      select ${to}, voice_id, account_id, granted_at from kling_voice_grants where credential = ${from}
      on conflict do nothing`.execute(tx);
    await sql`delete from kling_voice_grants where credential = ${from}`.execute(tx);
  });
}
