import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import { microcreditsMax } from '../lib/microcredits.ts';
import type { Balance, Reservation, Resolution, Settlement, Transfer } from './schema.ts';

/**
 * Moves available to reserved and writes the transfer. Null, and nothing written, when less is available. Under READ
 * COMMITTED the update waits for the row and looks at its newest version again, so two can't spend the same credit.
 */
export async function bookReservation(db: Db, { account_id, task_id, amount_microcredits }: Reservation) {
  const { rows } = await sql<{ available_microcredits: number }>`
    with debited as (
      update balances set
        available_microcredits = available_microcredits - ${amount_microcredits}::bigint,
        reserved_microcredits = reserved_microcredits + ${amount_microcredits}::bigint
      where account_id = ${account_id} and available_microcredits >= ${amount_microcredits}::bigint
      returning account_id, available_microcredits
    ), booked as (
      insert into transfers (account_id, kind, debit, credit, amount_microcredits, task_id)
      select account_id, 'reserve', 'available', 'reserved', ${amount_microcredits}::bigint, ${task_id} from debited
    )
    select available_microcredits from debited`.execute(db);
  return rows[0] ?? null;
}

/**
 * Moves available to reserved for many tasks and writes a transfer for each; an account's all together or none of them. Returns
 * the accounts it did so for.
 */
export async function bookReservations(db: Db, reservations: readonly Reservation[]): Promise<number[]> {
  const { rows } = await sql<{ account_id: number }>`
    with wanted as (
      select * from unnest(
        ${reservations.map((one) => one.account_id)}::bigint[],
        ${reservations.map((one) => one.task_id)}::text[],
        ${reservations.map((one) => one.amount_microcredits)}::bigint[]) as wanted (account_id, task_id, amount_microcredits)
    ), sums as (
      select account_id, sum(amount_microcredits)::bigint as amount_microcredits from wanted group by account_id
    ), debited as (
      update balances set
        available_microcredits = available_microcredits - sums.amount_microcredits,
        reserved_microcredits = reserved_microcredits + sums.amount_microcredits
      from sums
      where balances.account_id = sums.account_id and available_microcredits >= sums.amount_microcredits
      returning balances.account_id
    ), booked as (
      insert into transfers (account_id, kind, debit, credit, amount_microcredits, task_id)
      select account_id, 'reserve', 'available', 'reserved', wanted.amount_microcredits, wanted.task_id
      from wanted join debited using (account_id)
    )
    select account_id from debited`.execute(db);
  return rows.map((row) => row.account_id);
}

/** Locks the balances of these accounts by ascending id, until `tx` ends. */
export async function lockBalances(tx: Db, accountIds: readonly number[]): Promise<void> {
  await sql`
    select from balances where account_id = any(${accountIds}::bigint[]) order by account_id for no key update`.execute(
    tx,
  );
}

interface ResolutionAttempt {
  account_id: number;
  reserved_microcredits: number;
  /** Null when nothing was booked: resolved before, or `charged` above the reservation. */
  booked_microcredits: number | null;
}

/**
 * Charges reservations and releases the rest of each; nothing for a task that has none. The unique index on resolutions decides
 * between racing calls: the later one waits for the earlier one's commit and then writes nothing of that task.
 */
export async function bookSettlements(db: Db, settlements: readonly Settlement[]) {
  const taskIds = settlements.map(({ task_id }) => task_id);
  const { rows } = await sql<ResolutionAttempt & { task_id: string }>`
    with wanted as (
      select * from unnest(${taskIds}::text[], ${settlements.map((one) => one.charged_microcredits)}::bigint[])
        as wanted (task_id, charged_microcredits)
    ), reservation as (
      select task_id, account_id, amount_microcredits from transfers
      where task_id = any(${taskIds}::text[]) and kind = 'reserve'
    ), resolution as (
      insert into transfers (account_id, kind, debit, credit, amount_microcredits, task_id)
      select account_id, 'settle', 'reserved', 'spent', charged_microcredits, task_id
      from wanted join reservation using (task_id) where amount_microcredits >= charged_microcredits
      on conflict (task_id) where kind in ('settle', 'refund') do nothing
      returning task_id, amount_microcredits
    ), booked as (
      select task_id, account_id, resolution.amount_microcredits as charged,
        reservation.amount_microcredits - resolution.amount_microcredits as rest
      from resolution join reservation using (task_id)
    ), released as (
      insert into transfers (account_id, kind, debit, credit, amount_microcredits, task_id)
      select account_id, 'release', 'reserved', 'available', rest, task_id from booked where rest > 0
    ), moved as (
      update balances set
        reserved_microcredits = reserved_microcredits - sums.charged - sums.rest,
        spent_microcredits = spent_microcredits + sums.charged,
        available_microcredits = available_microcredits + sums.rest
      from (
        select account_id, sum(charged)::bigint as charged, sum(rest)::bigint as rest from booked group by account_id
      ) sums
      where balances.account_id = sums.account_id
    )
    select task_id, reservation.account_id, reservation.amount_microcredits as reserved_microcredits,
      charged as booked_microcredits
    from reservation left join booked using (task_id)`.execute(db);
  return rows;
}

/** Gives a whole reservation back. Null when the task has no reservation; races as in `bookSettlements`. */
export async function bookRefund(db: Db, taskId: string) {
  const { rows } = await sql<ResolutionAttempt>`
    with reservation as (
      select account_id, amount_microcredits from transfers where task_id = ${taskId} and kind = 'reserve'
    ), resolution as (
      insert into transfers (account_id, kind, debit, credit, amount_microcredits, task_id)
      select account_id, 'refund', 'reserved', 'available', amount_microcredits, ${taskId} from reservation
      on conflict (task_id) where kind in ('settle', 'refund') do nothing
      returning account_id, amount_microcredits
    ), moved as (
      update balances set
        reserved_microcredits = reserved_microcredits - resolution.amount_microcredits,
        available_microcredits = available_microcredits + resolution.amount_microcredits
      from resolution where balances.account_id = resolution.account_id
    )
    select reservation.account_id, reservation.amount_microcredits as reserved_microcredits,
      resolution.amount_microcredits as booked_microcredits
    from reservation left join resolution using (account_id)`.execute(db);
  return rows[0] ?? null;
}

/** The resolution of a task's reservation as it is stored, or null while it is open. */
export async function findResolution(db: Db, taskId: string) {
  const { rows } = await sql<Omit<Resolution, 'booked' | 'returned_microcredits'>>`
    select resolution.account_id, resolution.task_id, resolution.kind,
      reservation.amount_microcredits as reserved_microcredits,
      case resolution.kind when 'settle' then resolution.amount_microcredits else 0 end as charged_microcredits
    from transfers resolution
    join transfers reservation on reservation.task_id = resolution.task_id and reservation.kind = 'reserve'
    where resolution.task_id = ${taskId} and resolution.kind in ('settle', 'refund')`.execute(db);
  return rows[0] ?? null;
}

/** Grants credits; opens the balance of a new account. Null when the account would hold more than 2⁵³ − 1. */
export async function bookTopUp(db: Db, accountId: number, amountMicrocredits: number, note: string | null) {
  const { rows } = await sql<Balance>`
    with credited as (
      insert into balances (account_id, granted_microcredits, available_microcredits)
      values (${accountId}, ${amountMicrocredits}, ${amountMicrocredits})
      on conflict (account_id) do update set
        granted_microcredits = balances.granted_microcredits + excluded.granted_microcredits,
        available_microcredits = balances.available_microcredits + excluded.available_microcredits
      where balances.granted_microcredits + excluded.granted_microcredits <= ${microcreditsMax}::bigint
      returning *
    ), booked as (
      insert into transfers (account_id, kind, debit, credit, amount_microcredits, note)
      select account_id, 'top_up', 'granted', 'available', ${amountMicrocredits}::bigint, ${note} from credited
    )
    select * from credited`.execute(db);
  return rows[0] ?? null;
}

/** Takes available credits back. Null, and nothing written, when less is available. */
export async function bookWithdrawal(db: Db, accountId: number, amountMicrocredits: number, note: string | null) {
  const { rows } = await sql<Balance>`
    with debited as (
      update balances set
        granted_microcredits = granted_microcredits - ${amountMicrocredits}::bigint,
        available_microcredits = available_microcredits - ${amountMicrocredits}::bigint
      where account_id = ${accountId} and available_microcredits >= ${amountMicrocredits}::bigint
      returning *
    ), booked as (
      insert into transfers (account_id, kind, debit, credit, amount_microcredits, note)
      select account_id, 'withdraw', 'available', 'granted', ${amountMicrocredits}::bigint, ${note} from debited
    )
    select * from debited`.execute(db);
  return rows[0] ?? null;
}

/** The balance row, or null for an account that never got credits. */
export async function findBalance(db: Db, accountId: number): Promise<Balance | null> {
  const row = await db.selectFrom('balances').selectAll().where('account_id', '=', accountId).executeTakeFirst();
  return row ?? null;
}

/** Those of the accounts that ever got credits, in no order. */
export async function listBalanceRows(db: Db, accountIds: readonly number[]): Promise<Balance[]> {
  const { rows } = await sql<Balance>`
    select * from balances where account_id = any(${accountIds}::bigint[])`.execute(db);
  return rows;
}

/** False when the account has an order of this key already; waits for a transaction that is just inserting one. */
export async function insertCreditOrder(
  tx: Db,
  order: { account_id: number; idempotency_key: string; request_digest: Buffer },
): Promise<boolean> {
  const result = await tx
    .insertInto('credit_orders')
    .values(order)
    .onConflict((conflict) => conflict.columns(['account_id', 'idempotency_key']).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** What came with this idempotency key before, or null. */
export async function findCreditOrderDigest(db: Db, accountId: number, key: string): Promise<Buffer | null> {
  const row = await db
    .selectFrom('credit_orders')
    .select('request_digest')
    .where('account_id', '=', accountId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  return row?.request_digest ?? null;
}

/** Gives an account its row of zeros; no effect when it has one. */
export async function insertEmptyBalance(db: Db, accountId: number): Promise<void> {
  await sql`insert into balances (account_id) values (${accountId}) on conflict do nothing`.execute(db);
}

/**
 * One account's ledger, or what of it belongs to a task, newest first, at most `count_max` (1 to 1000, default 100) rows; the
 * next page starts at `id_before` = the last row's id.
 */
export async function listTransfers(
  db: Db,
  page: { account_id: number; task_id?: string | undefined; id_before?: number; count_max?: number },
): Promise<Transfer[]> {
  const { task_id } = page;
  return await db
    .selectFrom('transfers')
    .select(['id', 'account_id', 'kind', 'amount_microcredits', 'task_id', 'note', 'created_at'])
    .where('account_id', '=', page.account_id)
    .where('id', '<', page.id_before ?? Number.MAX_SAFE_INTEGER)
    // Each kind by its own line: an index over the tasks exists of each, none of all.
    .$if(task_id !== undefined, (query) =>
      query.where(({ and, eb, or }) => {
        const isOfTask = eb('task_id', '=', task_id as string);
        return or([
          and([eb('kind', '=', 'reserve'), isOfTask]),
          and([eb('kind', 'in', ['settle', 'refund']), isOfTask]),
          and([eb('kind', '=', 'release'), isOfTask]),
        ]);
      }),
    )
    .orderBy('id', 'desc')
    .limit(Math.min(Math.max(page.count_max ?? 100, 1), 1000))
    .execute();
}

/** Newest first, of ids below `idBefore`, each with what the account can reserve now: one statement, so one moment. */
export async function listTransferRows(
  db: Db,
  accountId: number,
  idBefore: number,
  countMax: number,
): Promise<(Transfer & { available_microcredits: number })[]> {
  const { rows } = await sql<Transfer & { available_microcredits: number }>`
    select id, account_id, kind, amount_microcredits, task_id, note, created_at,
      coalesce((select available_microcredits from balances where account_id = ${accountId}), 0) as available_microcredits
    from transfers where account_id = ${accountId} and id < ${idBefore}
    order by id desc limit ${countMax}`.execute(db);
  return rows;
}
