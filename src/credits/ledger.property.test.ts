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

/** What every account starts with: enough for some reservations and too little for many. */
const start = 25;

let database: TestDatabase;
let accounts: number[];
beforeAll(async () => {
  database = await openTestDatabase(lanes);
  // Half as many again for what shrinking a failure needs.
  accounts = await insertAccounts(database.db, Math.ceil(sequences * 1.5));
  await sql`with granted as (
      insert into balances (account_id, granted_microcredits, available_microcredits)
      select id, ${start}::bigint, ${start}::bigint from accounts returning account_id
    ) insert into transfers (account_id, kind, debit, credit, amount_microcredits)
    select account_id, 'top_up', 'granted', 'available', ${start}::bigint from granted`.execute(database.db);
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

type Run = (model: Model, account_id: number) => Promise<void>;

function makeCommand(name: string, run: Run, check: (model: Model) => boolean = () => true): Command {
  return { check, run, toString: () => name };
}

/** A resolution of what was never reserved is one short test elsewhere; here it would only use up the sequence. */
const isReserved = (task: number) => (model: Readonly<Model>) => model.tasks.has(task);

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

const settleOf = (task: number, charged: number): Command => {
  const run: Run = async (model, account_id) => {
    const work = settle(database.db, { task_id: taskIdOf(account_id, task), charged_microcredits: charged });
    if (charged > (model.tasks.get(task)?.amount ?? 0)) expect((await catchError(work)).code).toBe('internal_error');
    else followResolution(model, task, await work, { kind: 'settle', charged });
  };
  return makeCommand(`settle(${task}, ${charged})`, run, isReserved(task));
};

const refundOf = (task: number): Command => {
  const run: Run = async (model, account_id) => {
    const answer = await refund(database.db, { task_id: taskIdOf(account_id, task) });
    followResolution(model, task, answer, { kind: 'refund', charged: 0 });
  };
  return makeCommand(`refund(${task})`, run, isReserved(task));
};

const raceOf = (task: number): Command => {
  const run: Run = async (model, account_id) => {
    const task_id = taskIdOf(account_id, task);
    const charged = model.tasks.get(task)?.amount ?? 0;
    const answers = await Promise.all([
      settle(database.db, { task_id, charged_microcredits: charged }),
      refund(database.db, { task_id }),
    ]);
    for (const answer of answers.sort((a, b) => Number(b.booked) - Number(a.booked))) {
      followResolution(model, task, answer, { kind: answer.kind, charged });
    }
  };
  return makeCommand(`race(${task})`, run, isReserved(task));
};

const task = fc.integer({ min: 0, max: 3 });
const small = fc.integer({ min: 0, max: 12 });
const grant = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 1, arbitrary: fc.constant(microcreditsMax) },
);
const reservation = fc.tuple(task, small).map(([task, amount]) => reserveFor(task, amount));
const settlement = fc.tuple(task, small).map(([task, charged]) => settleOf(task, charged));
const commands = fc.commands(
  [
    reservation,
    reservation,
    reservation,
    settlement,
    settlement,
    task.map(refundOf),
    task.map(raceOf),
    grant.map(topUpOf),
    grant.map(withdrawOf),
  ],
  { maxCommands: 12, size: 'max' },
);

/** What each account must hold after its sequence, and the sequence, for comparing all of them at the end. */
const ended = new Map<number, { model: Model; sequence: string }>();

async function runSequence(sequence: Iterable<Command>): Promise<void> {
  const account_id = accounts.pop();
  if (account_id === undefined) throw new Error('no account left');
  const model: Model = { granted: start, available: start, reserved: 0, spent: 0, tasks: new Map() };
  await fc.asyncModelRun(() => ({ model, real: account_id }), sequence);
  ended.set(account_id, { model, sequence: String(sequence) });
}

/** No sequence touches another one's account, so this sees each balance as its sequence left it. */
async function expectModelledBalances(): Promise<void> {
  const rows = await database.db.selectFrom('balances').selectAll().execute();
  for (const row of rows) {
    const { model, sequence } = ended.get(row.account_id) ?? {};
    if (!model) continue;
    const stored = [row.granted_microcredits, row.available_microcredits, row.reserved_microcredits];
    expect([...stored, row.spent_microcredits], sequence).toEqual([
      model.granted,
      model.available,
      model.reserved,
      model.spent,
    ]);
  }
}

test(`after any of ${sequences} random command sequences balance, answers and replayed ledger agree and sum to 0`, async () => {
  const numRuns = Math.ceil(sequences / lanes);
  const seed = Number(process.env.LEDGER_SEED ?? Math.floor(Math.random() * 2 ** 30));
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      fc.assert(fc.asyncProperty(commands, runSequence), { numRuns, seed: seed + lane }),
    ),
  );
  expect(ended.size).toBeGreaterThanOrEqual(sequences);
  await expectModelledBalances();
  expect(await checkLedger(database.db)).toEqual([]);
}, 600_000);
