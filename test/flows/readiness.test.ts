import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { transaction } from '../../src/db/index.ts';
import { checkReadiness } from '../../src/flow/index.ts';
import { workQueues } from '../../src/tasks/index.ts';
import { serveProbes } from '../../src/worker/serve-probes.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { startStandInS3 } from '../helpers/stand-in-s3/stand-in-s3.ts';
import { startOrigin } from '../helpers/start-origin.ts';
import { startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

test('readiness names each part, and is 503 with the storage dead, for a server and for a worker', async () => {
  const s3 = await startStandInS3();
  const port = await findFreePort();
  await using troupe = await startTroupe({ environment: s3.environment });
  const close = await serveProbes(troupe.context, { host: '127.0.0.1', port });
  const probe = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, body: await answer.json() };
  };
  const good = { status: 'ok', parts: { database: 'ok', storage: 'ok', sweep: 'ok', queue: 'ok' } };
  expect(await troupe.call('GET', '/readyz')).toMatchObject({ status: 200, body: good });
  expect(await probe('/readyz')).toEqual({ status: 200, body: good });

  await s3[Symbol.asyncDispose]();
  const refused = await troupe.call('GET', '/readyz');
  expect([refused.status, refused.body.error.code]).toEqual([503, 'service_unavailable']);
  expect(refused.body.error.message).toContain('database ok, storage away');
  expect(await probe('/readyz')).toMatchObject({ status: 503, body: { parts: { database: 'ok', storage: 'away' } } });
  expect((await probe('/healthz')).status).toBe(200);
  await close();
});

test('a queue that no worker takes from is named: a worker is unready for it, a server goes on accepting tasks', async () => {
  await using origin = await startOrigin();
  await using troupe = await startTroupe();
  const { context, database } = troupe;
  const ask = async (role: 'api' | 'worker') => {
    const { status, parts } = await checkReadiness(context, role);
    return `${status}, queue ${parts.queue}`;
  };
  const { body: task } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  expect(await ask('worker')).toBe('ok, queue ok');
  await sql`update jobs.job set start_after = now() - interval '61 seconds'`.execute(database.db);
  expect(await ask('api')).toBe('ok, queue stalled');
  expect(await ask('worker')).toBe('unavailable, queue stalled');
  // Somebody works on another task, as with a long backlog.
  await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  await transaction(database.db, (tx) => context.jobs.fetch(tx, workQueues.local, 1));
  expect(await ask('worker')).toBe('ok, queue ok');
  // That one has died as well.
  await sql`update jobs.job set heartbeat_on = now() - interval '16 seconds', start_after = now() - interval '61 seconds'`.execute(
    database.db,
  );
  expect(await ask('worker')).toBe('unavailable, queue stalled');
  await sql`update jobs.job set state = 'retry', start_after = now() - interval '61 seconds'`.execute(database.db);
  troupe.startWorker();
  expect((await troupe.waitForEnd(task.id)).status).toBe('completed');
  await until('the queue to be empty', async () => (await ask('worker')) === 'ok, queue ok');
});
