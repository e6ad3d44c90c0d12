import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { getKeyAllowance } from '../../src/accounts/index.ts';
import { deliverQueue } from '../../src/callbacks/index.ts';
import { checkLedger } from '../../src/credits/index.ts';
import { createElementId } from '../../src/elements/index.ts';
import { type ClaimedTask, cancel, claimBuilds, concludeCompleted } from '../../src/flow/index.ts';
import type { StoredDraft } from '../../src/flow/storage/store-drafts.ts';
import { workQueues } from '../../src/tasks/index.ts';
import { countRows, listKinds, loadBooks } from '../helpers/load-books.ts';
import { createReady, type Payer } from '../helpers/ready-tasks.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

const credit = 1_000_000;

let troupe: StartedTroupe;
beforeAll(async () => {
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
});
afterEach(async () => {
  expect(await checkLedger(troupe.database.db)).toEqual([]);
});

const grant = (account: string, credits = 100) => troupe.grant({ account, name: `key of ${account}` }, credits);

/** Tasks that a worker has claimed, in the order in which their payers are given. */
async function claim(payers: readonly Payer[], rest: { price?: number; callback_url?: string } = {}) {
  const { context, database } = troupe;
  const { price = 1, callback_url = null } = rest;
  const ready = payers.map((payer) => {
    const one = createReady(payer, { price });
    const request = { ...one.task.request, element_description: 'a "quoted" 鴨', reference_type: 'image_refer' };
    return { ...one, task: { ...one.task, callback_url, request: { ...request, tags: ['tag, with comma', '"t"'] } } };
  });
  await Promise.all(ready.map((one) => context.insertions.insert(one)));
  const claims: ClaimedTask[] = [];
  while (claims.length < payers.length) {
    claims.push(
      ...(await database.db.transaction().execute(async (tx) => {
        return await claimBuilds(context, tx, workQueues.local, await context.jobs.fetch(tx, workQueues.local, 64));
      })),
    );
  }
  return ready.map(({ task }) => claims.find((one) => one.task.id === task.id) as ClaimedTask);
}

function createDraft(elementId = createElementId()): StoredDraft {
  return {
    kind: 'element',
    element_id: elementId,
    engine: 'nothing',
    manifest: { report: { views: [] }, note: '\\ and "quotes"' } as never,
    summary: { seen: 1.5 } as never,
    files: [1, 2].map((at) => ({
      name: `file-${at}.png`,
      storage_key: `elements/${elementId}/file-${at}.png`,
      media_type: 'image/png',
      size_bytes: at,
      sha256: Buffer.alloc(32, at),
    })),
  };
}

/** All in one turn of the event loop. */
const concludeAll = (claims: readonly ClaimedTask[], drafts = claims.map(() => createDraft())) =>
  Promise.allSettled(
    claims.map((claimed, at) => concludeCompleted(troupe.context, claimed, drafts[at] as StoredDraft)),
  );

const values = (outcomes: readonly PromiseSettledResult<boolean>[]) =>
  outcomes.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'));

/** The transactions that wrote these tasks last. */
async function listWriters(claims: readonly ClaimedTask[]): Promise<string[]> {
  const ids = claims.map(({ task }) => task.id);
  const { rows } = await sql<{ xmin: string }>`
    select distinct xmin::text from tasks where id = any(${ids}::text[])`.execute(troupe.database.db);
  return rows.map(({ xmin }) => xmin);
}

test('what ends together is concluded by one transaction: each task with its element, files, charge and callback', async () => {
  const { db } = troupe.database;
  const [one, two] = [await grant('ends one'), await grant('ends two')];
  const payers = [...Array.from({ length: 7 }, () => one), ...Array.from({ length: 5 }, () => two)];
  const claims = await claim(payers, { price: 2, callback_url: 'https://receiver.example/?a=b' });
  const before = await countRows(db, 'elements');
  expect(values(await concludeAll(claims))).toEqual(claims.map(() => true));
  expect(await listWriters(claims)).toHaveLength(1);
  expect(await loadBooks(db, one.account_id)).toEqual({ available: 86, reserved: 0, spent: 14 });
  expect(await loadBooks(db, two.account_id)).toEqual({ available: 90, reserved: 0, spent: 10 });
  expect(await countRows(db, 'elements')).toBe(before + 12);
  const ids = claims.map(({ task }) => task.id);
  const { rows } = await sql<{ id: string }>`
    select tasks.id from tasks join elements on task_id = tasks.id and elements.account_id = tasks.account_id
      join callbacks on callbacks.task_id = tasks.id and state = 'due' and url = callback_url
      join jobs.job on job.name = ${deliverQueue} and data->>'task_id' = tasks.id and group_id = 'receiver.example'
    where tasks.id = any(${ids}::text[]) and status = 'completed' and result_data->>'element_id' = elements.id::text
      and (select count(*) from element_files where element_id = elements.id) = 2`.execute(db);
  expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  const { rows: left } = await sql`
    select from jobs.job where name <> ${deliverQueue} and data->>'task_id' = any(${ids}::text[])`.execute(db);
  expect(left).toEqual([]);
});

test('a task and its element are stored among others exactly as they are alone', async () => {
  const payer = await grant('alike at the end');
  const [alone, among, other] = (await claim([payer, payer, payer])) as [ClaimedTask, ClaimedTask, ClaimedTask];
  await concludeAll([alone]);
  await concludeAll([among, other]);
  expect(await listWriters([among, other])).toHaveLength(1);
  const { rows } = await sql<{ task: Record<string, unknown>; element: object; files: object }>`
    select to_jsonb(tasks) - 'id' - 'result_data' - 'created_at' - 'started_at' - 'finished_at' as task,
      to_jsonb(elements) - 'id' - 'task_id' - 'created_at' as element,
      (select jsonb_agg(to_jsonb(element_files) - 'element_id' - 'storage_key' order by name) from element_files
        where element_id = elements.id) as files
    from tasks join elements on task_id = tasks.id
    where tasks.id in (${alone.task.id}, ${among.task.id})`.execute(troupe.database.db);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual(rows[1]);
  expect(rows[0]?.element).toMatchObject({
    description: 'a "quoted" 鴨',
    tags: ['tag, with comma', '"t"'],
    manifest: { note: '\\ and "quotes"' },
    revision: 1,
    imported_from: null,
    voice_id: null,
  });
});

test('one that was cancelled meanwhile writes nothing, and the others are concluded with it', async () => {
  const payer = await grant('cancelled among');
  const claims = await claim([payer, payer, payer]);
  const [first, lost, last] = claims as [ClaimedTask, ClaimedTask, ClaimedTask];
  await cancel(troupe.context, payer.account_id, lost.task.id);
  const draft = createDraft();
  expect(values(await concludeAll(claims, [createDraft(), draft, createDraft()]))).toEqual([true, false, true]);
  expect(await listWriters([first, last])).toHaveLength(1);
  expect(await listKinds(troupe.database.db, payer.account_id, lost.task.id)).toEqual(['reserve', 'refund']);
  expect(await loadBooks(troupe.database.db, payer.account_id)).toEqual({ available: 98, reserved: 0, spent: 2 });
  const { rows } = await sql`select from elements where task_id = ${lost.task.id}`.execute(troupe.database.db);
  expect(rows).toEqual([]);
});

test('one that can not be written fails alone, and nothing of it is charged', async () => {
  const payer = await grant('unwritable among');
  const claims = await claim([payer, payer, payer]);
  const taken = createElementId();
  await concludeAll([(await claim([payer]))[0] as ClaimedTask], [createDraft(taken)]);
  const drafts = [createDraft(), createDraft(taken), createDraft()];
  expect(values(await concludeAll(claims, drafts))).toEqual([true, 'failed', true]);
  expect(await loadBooks(troupe.database.db, payer.account_id)).toEqual({ available: 96, reserved: 1, spent: 3 });
  // Nobody else holds it, so that it can be tried again.
  expect(values(await concludeAll([claims[1] as ClaimedTask]))).toEqual([true]);
  expect(await loadBooks(troupe.database.db, payer.account_id)).toEqual({ available: 96, reserved: 0, spent: 4 });
});

test('pictures that came short are charged by what came, on the account and on each key, whoever ends beside them', async () => {
  const [one, two] = [await grant('short one'), await grant('short two')];
  const claims = await claim([two, one, two, one], { price: 4 });
  const drafts = claims.map((claimed): StoredDraft => {
    Object.assign(claimed.task.request as object, { kind: 'image', count: 4, elements: [] });
    const file = { storage_key: 'results/x/0.png', width_px: 8, height_px: 8 };
    return { kind: 'image', engine: 'nothing', files: [file, file, file] as never, warnings: [], details: {} };
  });
  expect(values(await concludeAll(claims, drafts))).toEqual([true, true, true, true]);
  for (const { account_id, key_id } of [one, two]) {
    expect(await loadBooks(troupe.database.db, account_id)).toEqual({ available: 94, reserved: 0, spent: 6 });
    const { used_microcredits } = await getKeyAllowance(troupe.database.db, key_id, new Date());
    expect(used_microcredits).toBe(6 * credit);
  }
  expect(await listWriters(claims)).toHaveLength(1);
});

test('a balance that somebody else holds for long keeps only those waiting that need it', async () => {
  const [free, held] = [await grant('free at the end'), await grant('held at the end')];
  const claims = await claim([free, held, free, free]);
  const ends: string[] = [];
  const all = await troupe.database.db.transaction().execute(async (tx) => {
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
    await sql`select from balances where account_id = ${held.account_id} for update`.execute(tx);
    const under = claims.map((claimed) =>
      concludeCompleted(troupe.context, claimed, createDraft()).then((done) => {
        ends.push(claimed.task.account_id === held.account_id ? 'held' : 'free');
        return done;
      }),
    );
    await Promise.all(under.filter((_, at) => at !== 1));
    expect(ends).toEqual(['free', 'free', 'free']);
    return under;
  });
  expect(await Promise.all(all)).toEqual([true, true, true, true]);
  expect(await loadBooks(troupe.database.db, held.account_id)).toEqual({ available: 99, reserved: 0, spent: 1 });
});

test('accepting and concluding tasks of the same accounts at once, in batches of any mix, never deadlocks', async () => {
  const payers = await Promise.all(Array.from({ length: 5 }, (_, at) => grant(`at once ${at}`, 1000)));
  const before = await countRows(troupe.database.db, 'elements');
  let claims = await claim(Array.from({ length: 60 }, (_, at) => payers[(at * 7) % 5] as Payer));
  for (let turn = 0; turn < 4; turn++) {
    const order = Array.from({ length: 60 }, (_, at) => payers[(at * 3 + turn) % 5] as Payer);
    const [ended, next] = await Promise.all([concludeAll(claims), claim(order)]);
    expect(values(ended)).toEqual(claims.map(() => true));
    claims = next;
  }
  await concludeAll(claims);
  expect(await countRows(troupe.database.db, 'elements')).toBe(before + 300);
  const books = await Promise.all(payers.map(({ account_id }) => loadBooks(troupe.database.db, account_id)));
  expect(books).toEqual(payers.map(() => ({ available: 940, reserved: 0, spent: 60 })));
});
