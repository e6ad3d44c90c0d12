import { checkInvariants, countBy } from './check-invariants.ts';
import { createClient } from './client.ts';
import { createDatabase } from './failpoints.ts';
import { createOrder } from './orders.ts';
import { waitForRest } from './wait-for-rest.ts';
import { findFreePort, grantAccess, openWorld } from './world.ts';

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
  const answers = await Promise.all(
    crowd.map((order) => client.submitUntilAnswered(order.marker, order.body, `${order.marker}-00000000000`)),
  );
  await waitForRest(database, 240_000);
  const last = createOrder(world, { marker: 'last', kind: 'good' });
  await client.submitUntilAnswered('last', last.body, 'last-of-few-files');
  await waitForRest(database, 60_000);
  await world.receiver.settled();
  const verdict = await checkInvariants(world, database);
  const violations = [...verdict.violations];
  if (server.hasEnded()) violations.push(`the server has ended: ${server.output().slice(-800)}`);
  const final = await client.get(`/v1/tasks?page_size=1`);
  const [line] = (final?.body.data ?? []) as { status: string }[];
  if (line?.status !== 'completed') violations.push(`the last task, with nothing else going on, is ${line?.status}`);
  return { violations, tasks: verdict.tasks, answers: countBy(answers.map((answer) => String(answer.status))) };
}
