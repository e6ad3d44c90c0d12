import { sql } from 'kysely';
import { findFreePort } from '../helpers/find-free-port.ts';
import { checkInvariants } from './check-invariants.ts';
import { createClient } from './client.ts';
import { createOrder, type OrderOptions } from './orders.ts';
import { begin } from './settle-all.ts';
import type { End, TroupeProcess } from './troupe-process.ts';
import { waitForRest } from './wait-for-rest.ts';
import { waitUntil } from './wait-until.ts';
import { grantAccess, openWorld, withDatabase } from './world.ts';

interface Trial {
  /** Where the process kills itself; default: the trial's name. */
  at?: string;
  options: Omit<OrderOptions, 'marker'>;
  /** What the task must come to after the restart. */
  status: 'completed' | 'failed';
  /** How often its work must have been claimed. */
  attempt: number;
  /** How often its callback must have arrived. */
  sends: number;
}

const good = { kind: 'good', delayMs: 300 } as const;

/** Every named step of the path; security-and-reliability §4.3 of the design. */
export const trials: Readonly<Record<string, Trial>> = {
  'before-accept': { options: good, status: 'completed', attempt: 1, sends: 1 },
  'after-commit-of-accept': { options: good, status: 'completed', attempt: 1, sends: 1 },
  'after-claim-of-build': { options: good, status: 'completed', attempt: 2, sends: 1 },
  'while-fetching': { options: good, status: 'completed', attempt: 2, sends: 1 },
  'after-fetching': { options: good, status: 'completed', attempt: 2, sends: 1 },
  'while-decoding': { options: good, status: 'completed', attempt: 2, sends: 1 },
  'after-storing-draft': { options: good, status: 'completed', attempt: 2, sends: 1 },
  'after-insert-of-element': { options: good, status: 'completed', attempt: 2, sends: 1 },
  'before-commit-of-conclude': { options: good, status: 'completed', attempt: 2, sends: 1 },
  // The first attempt dies between settling and its commit, the second fails: a charge that had stayed would show.
  'before-commit-of-conclude then failed': {
    at: 'before-commit-of-conclude',
    options: { kind: 'bad', badName: 'once.jpg', delayMs: 0 },
    status: 'failed',
    attempt: 2,
    sends: 1,
  },
  'after-commit-of-conclude': { options: good, status: 'completed', attempt: 1, sends: 1 },
  'before-callback': { options: good, status: 'completed', attempt: 1, sends: 1 },
  'after-accepted-callback': { options: good, status: 'completed', attempt: 1, sends: 2 },
  'after-commit-of-delivery': { options: { ...good, callback: 'late' }, status: 'completed', attempt: 1, sends: 2 },
  'before-commit-of-refund': { options: { kind: 'bad', badName: 'text.jpg' }, status: 'failed', attempt: 2, sends: 1 },
};

/**
 * Runs one server with a failpoint armed until it has killed itself there, starts it again without, waits for rest and
 * returns what is wrong. `postgresUrl` names a server on which a database is made for this trial.
 */
export async function tryFailpoint(name: string, postgresUrl: string): Promise<string[]> {
  const trial = trials[name] as Trial;
  // An element's name holds 20 characters.
  const marker = `trial-${Object.keys(trials).indexOf(name) + 1}`;
  const database = await createDatabase(postgresUrl, `fault_${marker.replace('-', '_')}`);
  const port = await findFreePort();
  await using world = await openWorld({ name: marker, settings: { DATABASE_URL: database, PORT: String(port) } });
  const armed = world.start('serve', { TROUPE_FAILPOINT: trial.at ?? name });
  await armed.ready();
  const { key, secret } = await grantAccess(database, 10);
  const apiUrl = `http://127.0.0.1:${port}`;
  world.receiver.trust({ apiUrl, key, secret });
  const client = createClient([apiUrl], key, world.history);
  const order = createOrder(world, { ...trial.options, marker });
  const submitting = begin(client.submitUntilAnswered(order.marker, order.body, `failpoint-${marker}-0000000`));
  // A refused request would never come to the place where the process is to kill itself.
  let refusal: string | undefined;
  void begin(
    submitting.then(({ status, text }) => {
      if (status >= 400) refusal = `the request was refused with ${status}: ${text}`;
    }),
  );
  const end = await awaitEnd(armed, `${trial.at ?? name} is reached`, () => {
    if (refusal !== undefined) throw new Error(`${name}: ${refusal}`);
  });
  const wrong: string[] = [];
  if (end.signal !== 'SIGKILL') wrong.push(`the armed process ended with ${end.signal ?? end.code}`);
  const again = world.start('serve');
  await again.ready();
  const answer = await submitting;
  if (name === 'after-commit-of-accept' && !answer.replayed)
    wrong.push('the repeated request was not told as a replay');
  await waitForRest(database, 60_000);
  await world.receiver.settled();
  const { violations } = await checkInvariants(world, database);
  wrong.push(...violations, ...(await checkTrial(database, trial, world.history.of('callback').length)));
  if (again.hasEnded()) wrong.push('the second process has ended');
  again.signal('SIGTERM');
  const { code } = await awaitEnd(again, 'the second process stops');
  if (code !== 0) wrong.push(`the second process stopped with ${code}`);
  return wrong.map((text) => `${name}: ${text}`);
}

/** `check` throws where the end can't come any more. */
async function awaitEnd(one: TroupeProcess, what: string, check: () => void = () => undefined): Promise<End> {
  await waitUntil(what, 120_000, () => {
    check();
    return one.hasEnded();
  });
  return await one.ended;
}

async function checkTrial(database: string, trial: Trial, sends: number): Promise<string[]> {
  const rows = await withDatabase(database, async ({ db }) => {
    return (await sql<{ status: string; attempt: number }>`select status, attempt from tasks`.execute(db)).rows;
  });
  const found = rows.map(({ status, attempt }) => `${status} in attempt ${attempt}`).join(', ');
  const expected = `${trial.status} in attempt ${trial.attempt}`;
  return [
    ...(found === expected ? [] : [`expected one task, ${expected}; found: ${found}`]),
    ...(sends === trial.sends ? [] : [`expected ${trial.sends} callbacks, received ${sends}`]),
  ];
}

/** A new empty database on the server of `postgresUrl`. */
export async function createDatabase(postgresUrl: string, name: string): Promise<string> {
  await withDatabase(postgresUrl, async ({ db }) => {
    await sql`create database ${sql.id(name)}`.execute(db);
  });
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return url.href;
}
