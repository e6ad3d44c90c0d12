import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/helpers/catch-error.ts';
import { insertAccounts } from '../../test/helpers/test-accounts.ts';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { checkLedger, microcreditsMax, type Resolution, refund, reserve, settle, topUp, withdraw } from './index.ts';

/** Random command sequences in all; each runs on an account of its own. */
const sequences = Number(process.env.LEDGER_SEQUENCES ?? 10_000);

/** Sequences that run beside each other, one per connection. */
const lanes = 10;

let database: TestDatabase;
let accounts: number[];
beforeAll(async () => {
  database = await openTestDatabase(lanes);
  // Half as many again for what shrinking a failure needs.
  accounts = await insertAccounts(database.db, Math.ceil(sequences * 1.5));
});
afterAll(async () => {
  await database.close();
});

/** What the ledger must be, kept by the plainest possible bookkeeping. */
interface Model {
  granted: number;
  available: number;
  reserved: number;
  spent: number;
  tasks: Map<number, { amount: number; ended?: { kind: 'settle' | 'refund'; charged: number } }>;
}
type Command = fc.AsyncCommand<Model, number>;

function makeCommand(name: string, run: (model: Model, account_id: number) => Promise<void>): Command {
  return { check: () => true, run, toString: () => name };
}

const topUpOf = (amount: number): Command =>
  makeCommand(`topUp(${amount})`, async (model, account_id) => {
    const work = topUp(database.db, { account_id, amount_microcredits: amount });
    if (model.granted + amount > microcreditsMax) {
      expect((await catchError(work)).code).toBe('invalid_request');
      return;
    }
    model.granted += amount;
    model.available += amount;
    expect((await work).available_microcredits).toBe(model.available);
  });

const withdrawOf = (amount: number): Command =>
  makeCommand(`withdraw(${amount})`, async (model, account_id) => {
    const work = withdraw(database.db, { account_id, amount_microcredits: amount });
    if (amount > model.available) {
      expect((await catchError(work)).code).toBe('invalid_request');
      return;
    }
    model.granted -= amount;
    model.available -= amount;
    expect((await work).granted_microcredits).toBe(model.granted);
  });

const taskIdOf = (account_id: number, task: number) => `${account_id}-${task}`;

const reserveFor = (task: number, amount: number): Command =>
  makeCommand(`reserve(${task}, ${amount})`, async (model, account_id) => {
    const reservation = { account_id, task_id: taskIdOf(account_id, task), amount_microcredits: amount };
    const work = reserve(database.db, reservation);
    if (amount > model.available) {
      expect((await catchError(work)).code).toBe('insufficient_quota');
    } else if (model.tasks.has(task)) {
      await expect(work).rejects.toMatchObject({ constraint: 'transfers_one_reservation' });
    } else {
      model.available -= amount;
      model.reserved += amount;
      model.tasks.set(task, { amount });
      expect(await work).toEqual({ available_microcredits: model.available });
    }
  });

/** Compares an answer with the model, and moves the model on when the answer says that it was booked. */
function followResolution(model: Model, task: number, answer: Resolution, wanted: { kind: string; charged: number }) {
  const known = model.tasks.get(task);
  if (!known) throw new Error('resolved without a reservation');
  expect(answer.booked).toBe(known.ended === undefined);
  if (!known.ended) {
    expect(answer.kind).toBe(wanted.kind);
    known.ended = { kind: answer.kind, charged: answer.kind === 'settle' ? wanted.charged : 0 };
    model.reserved -= known.amount;
    model.spent += known.ended.charged;
    model.available += known.amount - known.ended.charged;
  }
  expect(answer).toMatchObject({
    kind: known.ended.kind,
    reserved_microcredits: known.amount,
    charged_microcredits: known.ended.charged,
    returned_microcredits: known.amount - known.ended.charged,
  });
}

const settleOf = (task: number, charged: number): Command =>
  makeCommand(`settle(${task}, ${charged})`, async (model, account_id) => {
    const work = settle(database.db, { task_id: taskIdOf(account_id, task), charged_microcredits: charged });
    if (charged > (model.tasks.get(task)?.amount ?? -1)) expect((await catchError(work)).code).toBe('internal_error');
    else followResolution(model, task, await work, { kind: 'settle', charged });
  });

const refundOf = (task: number): Command =>
  makeCommand(`refund(${task})`, async (model, account_id) => {
    const work = refund(database.db, { task_id: taskIdOf(account_id, task) });
    if (!model.tasks.has(task)) expect((await catchError(work)).code).toBe('internal_error');
    else followResolution(model, task, await work, { kind: 'refund', charged: 0 });
  });

const raceOf = (task: number): Command =>
  makeCommand(`race(${task})`, async (model, account_id) => {
    const task_id = taskIdOf(account_id, task);
    const charged = model.tasks.get(task)?.amount;
    if (charged === undefined) return;
    const answers = await Promise.all([
      settle(database.db, { task_id, charged_microcredits: charged }),
      refund(database.db, { task_id }),
    ]);
    for (const answer of answers.sort((a, b) => Number(b.booked) - Number(a.booked))) {
      followResolution(model, task, answer, { kind: answer.kind, charged });
    }
  });

const task = fc.integer({ min: 0, max: 3 });
const small = fc.integer({ min: 0, max: 12 });
const commands = fc.commands(
  [
    fc.oneof({ weight: 9, arbitrary: small }, { weight: 1, arbitrary: fc.constant(microcreditsMax) }).map((amount) => {
      return topUpOf(Math.max(1, amount));
    }),
    small.map((amount) => withdrawOf(Math.max(1, amount))),
    fc.tuple(task, small).map(([task, amount]) => reserveFor(task, amount)),
    fc.tuple(task, small).map(([task, amount]) => reserveFor(task, amount)),
    fc.tuple(task, small).map(([task, charged]) => settleOf(task, charged)),
    task.map(refundOf),
    task.map(raceOf),
  ],
  { maxCommands: 14, size: 'max' },
);

/** The stored balance and what a replay of the account's transfers comes to, in one snapshot. */
async function readLedger(account_id: number) {
  const { rows } = await sql<{ stored: number[]; replayed: number[] }>`
    select
      (select array[granted_microcredits, available_microcredits, reserved_microcredits, spent_microcredits]::float8[]
        from balances where account_id = ${account_id}) as stored,
      (select array_agg(amount order by place)::float8[] from (
        select place, coalesce(sum(case when side = debit then -amount_microcredits
          when side = credit then amount_microcredits end), 0) as amount
        from unnest(array['granted', 'available', 'reserved', 'spent']) with ordinality as sides (side, place)
        left join transfers on account_id = ${account_id} and side in (debit, credit)
        group by place) sums) as replayed`.execute(database.db);
  return rows[0];
}

async function runSequence(sequence: Iterable<Command>): Promise<void> {
  const account_id = accounts.pop();
  if (account_id === undefined) throw new Error('no account left');
  const model: Model = { granted: 0, available: 0, reserved: 0, spent: 0, tasks: new Map() };
  await fc.asyncModelRun(() => ({ model, real: account_id }), sequence);
  const { granted, available, reserved, spent } = model;
  const ledger = await readLedger(account_id);
  expect(ledger?.stored ?? [0, 0, 0, 0]).toEqual([granted, available, reserved, spent]);
  expect(ledger?.replayed).toEqual([0 - granted, available, reserved, spent]);
}

test(`after any of ${sequences} random command sequences balance, answers and replayed ledger agree and sum to 0`, async () => {
  const numRuns = Math.ceil(sequences / lanes);
  const seed = Number(process.env.LEDGER_SEED ?? Math.floor(Math.random() * 2 ** 30));
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      fc.assert(fc.asyncProperty(commands, runSequence), { numRuns, seed: seed + lane }),
    ),
  );
  expect(await checkLedger(database.db)).toEqual([]);
}, 600_000);
