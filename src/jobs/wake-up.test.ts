import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { until } from '../../test/helpers/until.ts';
import { connect } from '../db/index.ts';
import { createWakeUp, type WakeUp } from './wake-up.ts';

let database: TestDatabase;
const open: WakeUp[] = [];
const errors: Error[] = [];
beforeEach(async () => {
  database = await openTestDatabase();
  errors.length = 0;
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await database.close();
});

const create = () => {
  const wakeUp = createWakeUp(database, (error) => void errors.push(error));
  open.push(wakeUp);
  return wakeUp;
};

function listen(wakeUp: WakeUp, queue: string, canTake: boolean) {
  let calls = 0;
  const stop = wakeUp.listen(queue, () => {
    calls += 1;
    return canTake;
  });
  return { calls: () => calls, stop };
}

const listening = () =>
  until('a listening connection', async () => {
    const { rows } =
      await sql`select 1 from pg_stat_activity where datname = current_database() and query like 'listen %' and state = 'idle'`.execute(
        database.db,
      );
    return rows.length > 0;
  });

test('a listener of this process is called at once', () => {
  const here = create();
  const mine = listen(here, 'a', true);
  const other = listen(here, 'b', true);
  here.wake('a');
  expect([mine.calls(), other.calls()]).toEqual([1, 0]);
  mine.stop();
  here.wake('a');
  expect(mine.calls()).toBe(1);
});

test('other processes hear of it when nobody here can take the work', async () => {
  const [here, there] = [create(), create()];
  listen(here, 'a', false);
  const far = listen(there, 'a', true);
  there.startListening();
  await listening();
  const before = far.calls();
  here.wake('a');
  await until('the call', () => far.calls() > before);
});

test('a connection that is cut is opened again, what was missed is looked up, and there is only one', async () => {
  const there = create();
  const far = listen(there, 'a', true);
  there.startListening();
  await listening();
  const before = far.calls();
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen %'`.execute(database.db);
  await until('the next listening connection', () => far.calls() > before);
  await listening();
  const { rows } =
    await sql`select 1 from pg_stat_activity where datname = current_database() and query like 'listen %'`.execute(
      database.db,
    );
  expect(rows).toHaveLength(1);
});

test('closing while it is still connecting leaves no connection behind', async () => {
  const own = connect({ url: database.url, connectionsMax: 2, onError: () => undefined });
  const wakeUp = createWakeUp(own, () => undefined);
  wakeUp.startListening();
  await wakeUp.close();
  await own.close(); // hangs for ever when a connection is still out
});
