import { type RawBuilder, sql } from 'kysely';
import type { Database, Db } from '../../src/db/index.ts';
import { collectWords, foldText } from '../../src/elements/words.ts';

export interface Year {
  /** Accounts in the order of their size: the first has half of all tasks, the second a quarter, the others share the rest. */
  accounts: readonly { account_id: number; key_id: number }[];
  tasks: number;
  /** Days that tasks are kept; 0 keeps all, as the default does. Those before are sums by day, as the sweep leaves them. */
  taskDays: number;
  /** Days that single attempts of callbacks are kept; 0 keeps all. */
  attemptDays: number;
}

const days = 365;

/** Elements are one task in twenty, beside these; the rare model is one in ten thousand. */
export const yearModels = {
  usual: [
    'kling-o3-text-to-video',
    'kling-o3-image-to-video',
    'kling-v3-text-to-video',
    'kling-v3-image-to-video',
    'kling-image-o1',
  ],
  rare: 'kling-o1-video-edit',
  never: 'kling-v3-motion-control',
} as const;

const priceMicrocredits = 1_000_000;

/** Beside the constraints' own; they are made again behind the rows, which is many times faster. */
const filledTables = ['tasks', 'transfers', 'callbacks', 'callback_attempts', 'elements', 'element_uses'] as const;

/**
 * Fills what a server has after a year in which `tasks` tasks came evenly: rows of tasks, both transfers of each, elements (one in twenty),
 * callbacks with their attempts (four in ten), uses of elements, sums of what was deleted for its age; in a ledger that balances.
 * By the database itself. Triggers are off: they note changes for event streams, which are deleted after half an hour.
 */
export async function fillYear({ pool, db }: Database, year: Year, say: (text: string) => void): Promise<void> {
  await sql`alter system set max_wal_size = '4GB'`.execute(db);
  await sql`select pg_reload_conf()`.execute(db);
  const client = await pool.connect();
  const run = async (what: string, statement: RawBuilder<unknown>) => {
    const startedAt = performance.now();
    const { sql: text, parameters } = statement.compile(db);
    await client.query(text, [...parameters]);
    say(`  ${what}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  };
  try {
    await client.query(
      `set session_replication_role = replica; set maintenance_work_mem = '1GB'; set work_mem = '256MB'`,
    );
    const indexes = await dropIndexes(db);
    await run('drawn', drawTasks(year));
    await run('tasks', insertTasks());
    await run('sums of deleted tasks', insertPastUsage());
    await run('transfers', insertTransfers());
    await run('balances', sumBalances());
    await run('elements', insertElements());
    await run('uses of elements', insertUses());
    await run('callbacks', insertCallbacks());
    await run('attempts', insertAttempts(year.attemptDays));
    for (const index of indexes) await run(index.name, sql.raw(index.definition));
    await client.query('drop table drawn');
    await client.query('vacuum (analyze, freeze)');
    await client.query('checkpoint');
  } finally {
    client.release(true);
  }
}

async function dropIndexes(db: Db): Promise<{ name: string; definition: string }[]> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename = any(${filledTables}::text[])
      and indexname not in (select conname from pg_constraint)`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(db);
  return rows;
}

/** What the rows of all tables are made from. */
function drawTasks({ accounts, tasks, taskDays }: Year): RawBuilder<unknown> {
  const shares = Array.from({ length: 40 }, (_, at) => {
    return at < 20 ? 0 : at < 30 ? 1 : 2 + (at % Math.max(1, accounts.length - 2));
  }).map((at) => accounts[at] ?? accounts[0]);
  return sql`
    create unlogged table drawn as
    select n, at, 'task-unified-' || floor(extract(epoch from at))::bigint || '-' || substr(md5(n::text), 1, 8) as id,
      (${shares.map((one) => one?.account_id)}::bigint[])[1 + n % 40] as account_id,
      (${shares.map((one) => one?.key_id)}::bigint[])[1 + n % 40] as api_key_id,
      -- One in ten thousand is of a model that is hardly ever asked for; elements are one in twenty.
      case when n % 10007 = 0 then ${yearModels.rare} when n / 7 % 20 = 0 then 'kling-custom-element'
        else (${[...yearModels.usual]}::text[])[1 + (n / 3) % ${yearModels.usual.length}] end as model,
      -- The second account has never failed.
      case when n % 40 >= 20 and n % 40 < 30 then 'completed' when n / 11 % 997 = 0 then 'cancelled' when n / 5 % 50 = 0 then 'failed'
        else 'completed' end as status,
      ${taskDays}::int = 0 or at > now() - make_interval(days => ${taskDays}::int) as is_kept
    from generate_series(1, ${tasks}::int) n,
      lateral (select now() - interval '1 hour' - (${tasks}::int - n) * (make_interval(days => ${days}) / ${tasks}::int) as at) moment`;
}

function insertTasks(): RawBuilder<unknown> {
  const element = {
    element_name: 'My Character',
    element_description: 'A person with long hair',
    reference_type: 'image_refer',
  };
  const shared = { prompt: 'of a sentence that says what is to be seen '.repeat(8), sources: [], elements: [] };
  const requests = {
    element: { kind: 'element', engine: 'local', ...element, sources: [] },
    image: { kind: 'image', engine: 'kling', quality: '1k', count: 1, ...shared },
    video: {
      kind: 'video',
      engine: 'kling',
      quality: '720p',
      duration_seconds: 5,
      sound: false,
      shots: [],
      watermark: false,
      ...shared,
    },
  };
  const made = { engine: 'kling', element_ids: [], warnings: [] };
  const results = {
    element: { engine: 'local', elements: [element] },
    image: { ...made, images: [{ width: 1360, height: 768 }] },
    video: { ...made, duration: 5, width: 1280, height: 720, frame_rate: 24, has_sound: false },
  };
  const error = {
    code: 'service_error',
    message: 'something went wrong on the server; nothing was charged',
    type: 'task_error',
  };
  return sql`
    insert into tasks (id, account_id, api_key_id, model, type, status, progress, attempt, request, billing_rule, callback_url,
      reserved_microcredits, charged_microcredits, error, result_data, results, created_at, started_at, finished_at)
    select id, account_id, api_key_id, model, case kind when 'image' then 'image' else 'video' end, status, 100, 1,
      ${JSON.stringify(requests)}::jsonb -> kind, 'per_call', case when n % 5 in (0, 2) then 'https://example.com/hooks' end,
      ${priceMicrocredits}::bigint, case when status = 'completed' then ${priceMicrocredits}::bigint else 0 end,
      case when status <> 'completed' then ${JSON.stringify(error)}::jsonb end,
      case when status <> 'completed' then null
        when kind = 'element' then jsonb_insert(${JSON.stringify(results)}::jsonb -> kind, '{element_id}', to_jsonb((1000000000000000 + n)::text))
        else ${JSON.stringify(results)}::jsonb -> kind end,
      case when status <> 'completed' then null when kind = 'element' then '[]'::jsonb
        else jsonb_build_array('results/' || id || '/1/made.bin') end,
      at, at + interval '1 s', at + interval '90 s'
    from drawn, lateral (select case when model = 'kling-custom-element' then 'element' when model like 'kling-image%' then 'image'
      else 'video' end as kind) of where is_kept order by n`;
}

function insertPastUsage(): RawBuilder<unknown> {
  return sql`
    insert into past_usage (account_id, day, model, api_key_id, status, tasks, charged_microcredits)
    select account_id, (at at time zone 'UTC')::date, model, api_key_id, status, count(*),
      count(*) filter (where status = 'completed') * ${priceMicrocredits}::bigint
    from drawn where not is_kept group by 1, 2, 3, 4, 5`;
}

function insertTransfers(): RawBuilder<unknown> {
  return sql`
    insert into transfers (account_id, kind, debit, credit, amount_microcredits, task_id, created_at)
    select account_id, kind, debit, credit, ${priceMicrocredits}::bigint, id, at + later
    from drawn, lateral (values ('reserve', 'available', 'reserved', interval '0'),
      (case when status = 'completed' then 'settle' else 'refund' end, 'reserved',
        case when status = 'completed' then 'spent' else 'available' end, interval '90 s')) as step (kind, debit, credit, later)
    order by n`;
}

function sumBalances(): RawBuilder<unknown> {
  return sql`
    with spent as (
      select account_id, count(*) filter (where status = 'completed') * ${priceMicrocredits}::bigint as sum from drawn group by 1
    ), topped as (
      insert into transfers (account_id, kind, debit, credit, amount_microcredits)
      select account_id, 'top_up', 'granted', 'available', sum from spent
    )
    update balances b set granted_microcredits = granted_microcredits + sum, spent_microcredits = spent_microcredits + sum
    from spent where spent.account_id = b.account_id`;
}

/** Names and words come from a few hundred, as the program folds them; each account's own. */
function insertElements(): RawBuilder<unknown> {
  const first = 'Zoe Ana René Björn Mei Haruto Rex Luna Max Ivy Odin Nora Felix Ruby Otto Ella Ada Yuki Liv Sam'.split(
    ' ',
  );
  const nouns = 'fox robot knight girl boy cat dragon lamp car queen sailor baker wolf owl teapot chair'.split(' ');
  const names = first.flatMap((one) => nouns.map((noun) => `${one} ${noun}`));
  const manifest = JSON.stringify({ files: [], sources: [], colors: [], report: [], note: 'x'.repeat(1500) });
  // Each begins with the account's number; the database puts the right one in.
  const words = names.map((name) => collectWords(0, { name, description: '', labels: [], tags: [] }).join(' '));
  return sql`
    insert into elements (id, account_id, task_id, name, description, reference_type, engine, labels, words, sort_name, manifest, created_at)
    select 1000000000000000 + n, account_id, id, (${names}::text[])[1 + n % ${names.length}], 'A person with long hair', 'image_refer', 'local',
      array['season ' || n % 40],
      array_to_tsvector(array(select account_id || substr(word, 2) from unnest(string_to_array((${words}::text[])[1 + n % ${names.length}], ' ')) word)
        || (account_id || '#season ' || n % 40)),
      (${names.map(foldText)}::text[])[1 + n % ${names.length}], ${manifest}::jsonb, at + interval '90 s'
    from drawn where model = 'kling-custom-element' and status = 'completed' order by n`;
}

function insertUses(): RawBuilder<unknown> {
  return sql`
    insert into element_uses (element_id, task_id)
    select 1000000000000000 + n % 5000, id from drawn where is_kept and model <> 'kling-custom-element' and n % 3 = 1 order by 1, 2`;
}

function insertCallbacks(): RawBuilder<unknown> {
  return sql`
    insert into callbacks (task_id, account_id, url, state, attempts, created_at, finished_at)
    select id, account_id, 'https://example.com/hooks', case when n % 500 = 0 then 'given_up' else 'delivered' end,
      case when n % 500 = 0 then 4 else 1 end, at + interval '90 s', at + interval '91 s'
    from drawn where is_kept and n % 5 in (0, 2) order by n`;
}

function insertAttempts(attemptDays: number): RawBuilder<unknown> {
  return sql`
    insert into callback_attempts (task_id, attempt, started_at, outcome, status_code, duration_ms)
    select id, attempt, at + interval '90 s', case when n % 500 = 0 then 'refused' else 'accepted' end,
      case when n % 500 = 0 then 500 else 200 end, 20
    from drawn, lateral generate_series(1, case when n % 500 = 0 then 4 else 1 end) attempt
    where is_kept and n % 5 in (0, 2) and (${attemptDays}::int = 0 or at > now() - make_interval(days => ${attemptDays}::int)) order by n`;
}
