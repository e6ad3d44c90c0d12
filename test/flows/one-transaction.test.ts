import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  attemptsExhausted,
  build,
  type ClaimedTask,
  cancel,
  claimBuilds,
  concludeCompleted,
  concludeFailed,
} from '../../src/flow/index.ts';
import { workQueues } from '../../src/tasks/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let origin: MediaOrigin;
let receiver: CallbackReceiver;
let troupe: StartedTroupe;
beforeAll(async () => {
  origin = await startOrigin();
  receiver = await startReceiver();
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function claimOne(): Promise<ClaimedTask> {
  const { context, database } = troupe;
  const [claimed] = await database.db.transaction().execute(async (tx) => {
    return await claimBuilds(context, tx, workQueues.local, await context.jobs.fetch(tx, workQueues.local, 1));
  });
  return claimed as ClaimedTask;
}

/** The transaction that wrote each row of the task's end, as PostgreSQL notes it in the row itself. */
async function listWriters(id: string): Promise<Record<string, string>> {
  const { rows } = await sql<{ part: string; writer: string }>`
    select 'task' as part, xmin::text as writer from tasks where id = ${id}
    union all select 'callback', xmin::text from callbacks where task_id = ${id}
    union all select 'callback job', xmin::text from jobs.job where name = 'deliver' and data->>'task_id' = ${id}
    union all select 'transfer', xmin::text from transfers where task_id = ${id} and kind <> 'reserve'
    union all select 'element', xmin::text from elements where task_id = ${id}`.execute(troupe.database.db);
  return Object.fromEntries(rows.map(({ part, writer }) => [part, writer]));
}

const always = ['callback', 'callback job', 'task', 'transfer'];

test.each([
  [
    'completed',
    [...always, 'element'],
    async () => {
      const claimed = await claimOne();
      const draft = await build(troupe.context, claimed.task, new AbortController().signal);
      if (draft === null) throw new Error('nothing was built');
      await concludeCompleted(troupe.context, claimed, draft);
    },
  ],
  ['failed', always, async () => await concludeFailed(troupe.context, await claimOne(), attemptsExhausted(3))],
  ['cancelled', always, async (id: string) => await cancel(troupe.context, troupe.key.account_id, id)],
])(
  'a task that is %s: its state, its money and what is due to its receiver are written by one transaction',
  async (status, parts, end) => {
    // Nobody delivers here: a row that was written again would tell of the later writer.
    const { body } = await troupe.submit(
      imageRequest(origin.url('/duck.jpg'), undefined, { callback_url: receiver.url(`/${status}`) }),
    );
    await end(body.id);
    expect((await troupe.call('GET', `/v1/tasks/${body.id}`)).body.status).toBe(status);
    const writers = await listWriters(body.id);
    expect(Object.keys(writers).toSorted()).toEqual(parts.toSorted());
    expect(new Set(Object.values(writers)).size, JSON.stringify(writers)).toBe(1);
  },
);
