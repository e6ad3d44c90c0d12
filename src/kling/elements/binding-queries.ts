import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';
import type { ElementBinding } from '../tables.ts';

export interface NewBinding {
  /** 16 decimal digits. */
  element_id: string;
  credential: string;
  upstream_element_id: string;
  origin: Exclude<ElementBinding['origin'], 'adopted'>;
}

/**
 * Remembers what one of our elements is called upstream. A binding that was deleted is replaced, one that stands is kept:
 * who comes second has found the same element. Meant for the transaction that makes the element as well.
 */
export async function bindElement(tx: Db, binding: NewBinding): Promise<void> {
  const { element_id, credential, upstream_element_id, origin } = binding;
  await sql`
    insert into kling_elements (element_id, credential, upstream_element_id, origin)
    values (${element_id}::bigint, ${credential}, ${upstream_element_id}, ${origin})
    on conflict (element_id, credential) do update
      set upstream_element_id = excluded.upstream_element_id, origin = excluded.origin, created_at = now(),
        deleted_at = null
      where kling_elements.deleted_at is not null`.execute(tx);
}

/**
 * Remembers that an account of ours has taken the upstream's element over. False, and nothing written, when the account
 * has done so before: who does it at the same moment is waited for. Meant for the transaction that makes the element.
 */
export async function bindAdopted(
  tx: Db,
  { element_id, credential, upstream_element_id, account_id }: Omit<NewBinding, 'origin'> & { account_id: number },
): Promise<boolean> {
  const { rows } = await sql`
    insert into kling_elements (element_id, credential, upstream_element_id, origin, account_id)
    values (${element_id}::bigint, ${credential}, ${upstream_element_id}, 'adopted', ${account_id})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length > 0;
}

/** The element's id under this account; null when it isn't there. */
export async function findKlingElementId(db: Db, elementId: string, credential: string): Promise<string | null> {
  const { rows } = await sql<{ upstream_element_id: string }>`
    select upstream_element_id from kling_elements
    where element_id = ${elementId}::bigint and credential = ${credential} and deleted_at is null`.execute(db);
  return rows[0]?.upstream_element_id ?? null;
}

/**
 * Marks as deleted every binding under this account that leads to the upstream's element, and forgets how it was
 * provisioned, so that a later video provisions it anew; tells how many there were.
 */
export async function markDeletedAtKling(db: Db, credential: string, upstreamElementId: string): Promise<number> {
  const { rows } = await sql`
    with gone as (
      update kling_elements set deleted_at = now()
      where credential = ${credential} and upstream_element_id = ${upstreamElementId} and deleted_at is null
      returning element_id
    ), forgotten as (
      delete from kling_tasks
      where purpose = 'provision' and credential = ${credential} and subject in (select element_id::text from gone)
    )
    select from gone`.execute(db);
  return rows.length;
}

/** Forgets what one element is called upstream; others that lead to the same one there are left as they are. */
export async function endBinding(db: Db, credential: string, elementId: string): Promise<void> {
  await sql`
    update kling_elements set deleted_at = now()
    where element_id = ${elementId}::bigint and credential = ${credential} and deleted_at is null`.execute(db);
}

/** Of `elementIds`, those that exist under this account. */
export async function listBoundElements(db: Db, credential: string, elementIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ element_id: string }>`
    select element_id::text from kling_elements
    where element_id = any(${elementIds}::bigint[]) and credential = ${credential} and deleted_at is null`.execute(db);
  return rows.map((row) => row.element_id);
}

/** Elements of ours that lead to the upstream's element under this account. */
export async function listElementsBoundTo(db: Db, credential: string, upstreamElementId: string): Promise<string[]> {
  const { rows } = await sql<{ element_id: string }>`
    select element_id::text from kling_elements
    where credential = ${credential} and upstream_element_id = ${upstreamElementId} and deleted_at is null`.execute(db);
  return rows.map((row) => row.element_id);
}

/** Where the element exists upstream, under all accounts. */
export async function listBindings(
  db: Db,
  elementId: string,
): Promise<Pick<ElementBinding, 'upstream_element_id' | 'origin' | 'credential'>[]> {
  const { rows } = await sql<Pick<ElementBinding, 'upstream_element_id' | 'origin' | 'credential'>>`
    select upstream_element_id, origin, credential from kling_elements
    where element_id = ${elementId}::bigint and deleted_at is null`.execute(db);
  return rows;
}

/** What is left of the element upstream is to be deleted there when its account can be asked. */
export async function markBindingsUnwanted(db: Db, elementId: string): Promise<void> {
  await sql`
    update kling_elements set unwanted_at = now()
    where element_id = ${elementId}::bigint and deleted_at is null and unwanted_at is null and origin <> 'adopted'`.execute(
    db,
  );
}

/** Ids upstream, under this account, of up to `limit` elements that are deleted here. */
export async function listUnwantedBindings(db: Db, credential: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ upstream_element_id: string }>`
    select upstream_element_id from kling_elements
    where credential = ${credential} and unwanted_at is not null and deleted_at is null
    order by unwanted_at limit ${limit}`.execute(db);
  return rows.map((row) => row.upstream_element_id);
}
