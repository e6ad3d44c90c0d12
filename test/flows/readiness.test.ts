import { expect, test } from 'vitest';
import { serveProbes } from '../../src/worker/serve-probes.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { startStandInS3 } from '../helpers/stand-in-s3/stand-in-s3.ts';
import { startTroupe } from '../helpers/start-troupe.ts';

test('readiness names each part, and is 503 with the storage dead, for a server and for a worker', async () => {
  const s3 = await startStandInS3();
  const port = await findFreePort();
  await using troupe = await startTroupe({ environment: s3.environment });
  const close = await serveProbes(troupe.context, { host: '127.0.0.1', port });
  const probe = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, body: await answer.json() };
  };
  const good = { status: 'ok', parts: { database: 'ok', storage: 'ok', sweep: 'ok' } };
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
