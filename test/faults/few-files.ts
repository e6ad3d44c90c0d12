import { findFreePort } from '../helpers/find-free-port.ts';
import { checkInvariants, countBy } from './check-invariants.ts';
import { type Client, createClient } from './client.ts';
import { createDatabase } from './failpoints.ts';
import { createOrder } from './orders.ts';
import { settleAll } from './settle-all.ts';
import { waitForRest } from './wait-for-rest.ts';
import { isOver } from './wait-until.ts';
import { grantAccess, openWorld, type World } from './world.ts';

export interface FewFilesReport {
  violations: string[];
  answers: Record<string, number>;
  tasks: Record<string, number>;
}

/** One server that may open 64 files, asked for far more at once than that allows. */
export async function starveOfFiles(postgresUrl: string): Promise<FewFilesReport> {
  const database = await createDatabase(postgresUrl, `files_${Date.now()}`);
  const port = await findFreePort();
  await using world = await openWorld({ name: 'files', settings: { DATABASE_URL: database, PORT: String(port) } });
  const server = world.start('serve', {}, 64);
  await server.ready();
  const { key, secret } = await grantAccess(database, 1000);
  const apiUrl = `http://127.0.0.1:${port}`;
  world.receiver.trust({ apiUrl, key, secret });
  const client = createClient([apiUrl], key, world.history);
  const crowd = Array.from({ length: 120 }, (_, at) => createOrder(world, { marker: `crowd-${at}`, kind: 'good' }));
  const answers = await settleAll(
    crowd.map((order) => client.submitUntilAnswered(order.marker, order.body, `${order.marker}-00000000000`)),
  );
  await waitForRest(database, 240_000);
  const recovered = await recover(world, client, database);
  await world.receiver.settled();
  const verdict = await checkInvariants(world, database);
  const violations = [...verdict.violations];
  if (server.hasEnded()) violations.push(`the server has ended: ${server.output().slice(-800)}`);
  if (!recovered) violations.push('no task completed after the crowd had gone');
  const blamed = Object.keys(verdict.tasks).filter((name) => /image_|invalid_/.test(name));
  if (blamed.length > 0) violations.push(`good media were blamed: ${JSON.stringify(verdict.tasks)}`);
  return { violations, tasks: verdict.tasks, answers: countBy(answers.map((answer) => String(answer.status))) };
}

/** The crowd's kept connections hold open files until they time out (72 s); then work is done again. */
async function recover(world: World, client: Client, database: string): Promise<boolean> {
  const startedAt = Date.now();
  for (let at = 0; !(await isOver(startedAt, 150_000)); at += 1) {
    const order = createOrder(world, { marker: `later-${at}`, kind: 'good', callback: null });
    const answer = await client.submitUntilAnswered(order.marker, order.body, `${order.marker}-000000000000`);
    await waitForRest(database, 60_000);
    if ((await client.get(`/v1/tasks/${answer.body.id}`))?.body.status === 'completed') return true;
  }
  return false;
}
