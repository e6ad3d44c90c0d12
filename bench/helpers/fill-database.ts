import { sql } from 'kysely';
import type { Database } from '../../src/db/index.ts';

/**
 * Adds `count` completed tasks of one account with all that belongs to them: reservation, settlement, element, delivered
 * callback and its attempt, in a ledger that balances.
 */
export async function fillWithFinishedTasks({ db }: Database, count: number): Promise<void> {
  const price = 1_000_000;
  await sql`with account as (
      insert into accounts (name, callback_secrets) values ('history', '{whsec_history}') returning id)
    insert into balances (account_id, granted_microcredits, available_microcredits, spent_microcredits)
    select id, ${price * count}::bigint, 0, ${price * count}::bigint from account`.execute(db);
  const account = sql`(select id from accounts where name = 'history')`;
  const serial = sql`generate_series(1, ${count}::int) n`;
  await sql`insert into tasks (id, account_id, api_key_id, model, type, status, progress, attempt, request, billing_rule,
      reserved_microcredits, charged_microcredits, result_data, results, created_at, started_at, finished_at)
    select 'task-unified-1-' || n, ${account}, 0, 'kling-custom-element', 'video', 'completed', 100, 1,
      '{"element_name": "My Character", "sources": []}', 'per_call', ${price}::bigint, ${price}::bigint,
      jsonb_build_object('element_id', (1000000000000000 + n)::text), '[]', now() - interval '1 day' + n * interval '10 ms',
      now(), now() - interval '1 day' + n * interval '10 ms' + interval '1 s'
    from ${serial}`.execute(db);
  await sql`insert into transfers (account_id, kind, debit, credit, amount_microcredits, task_id)
    select ${account}, 'reserve', 'available', 'reserved', ${price}::bigint, 'task-unified-1-' || n from ${serial}`.execute(
    db,
  );
  await sql`insert into transfers (account_id, kind, debit, credit, amount_microcredits, task_id)
    select ${account}, 'settle', 'reserved', 'spent', ${price}::bigint, 'task-unified-1-' || n from ${serial}`.execute(
    db,
  );
  await sql`insert into transfers (account_id, kind, debit, credit, amount_microcredits)
    select ${account}, 'top_up', 'granted', 'available', ${price * count}::bigint`.execute(db);
  await sql`insert into elements (id, account_id, task_id, name, description, reference_type, engine, manifest)
    select 1000000000000000 + n, ${account}, 'task-unified-1-' || n, 'My Character', 'text', 'image_refer', 'local', '{}'
    from ${serial}`.execute(db);
  await sql`insert into callbacks (task_id, account_id, url, state, attempts, finished_at)
    select 'task-unified-1-' || n, ${account}, 'https://example.com/', 'delivered', 1, now() from ${serial}`.execute(
    db,
  );
  await sql`insert into callback_attempts (task_id, attempt, outcome, status_code, duration_ms)
    select 'task-unified-1-' || n, 1, 'accepted', 200, 20 from ${serial}`.execute(db);
  await sql`vacuum analyze`.execute(db);
}
