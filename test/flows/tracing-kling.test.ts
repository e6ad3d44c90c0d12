import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { createKlingClient } from '../../src/kling/index.ts';
import { openLog } from '../../src/open-log.ts';
import { openKlingWay } from '../helpers/open-kling-way.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type Collector, startCollector } from '../helpers/start-collector.ts';
import { startHttp } from '../helpers/start-server.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let collector: Collector;
let standIn: StandIn;
let troupe: StartedTroupe;
const tracingTo = (url: string) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_BSP_SCHEDULE_DELAY: '100' });

beforeAll(async () => {
  collector = await startCollector();
  standIn = await startStandIn({ taskMs: 50 });
  troupe = await startTroupe({
    worker: true,
    environment: {
      ...tracingTo(collector.url),
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
    },
  });
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await standIn?.[Symbol.asyncDispose]();
  await collector?.[Symbol.asyncDispose]();
});

test('each call of a video to the vendor is a span beneath its attempt: the create, the looks, the download, and no id, query, prompt or key in them', async () => {
  const traceId = 'e'.repeat(32);
  const { body: task } = await troupe.submit(
    { model: 'kling-v3-text-to-video', prompt: 'a secret lighthouse', duration: 5 },
    { traceparent: `00-${traceId}-0123456789abcdef-01` },
  );
  expect((await troupe.waitForEnd(task.id)).status).toBe('completed');
  const spans = await until('the attempt with its calls', () => {
    const found = collector.spans().filter((span) => span.traceId === traceId);
    const names = found.map(({ name }) => name);
    return (
      names.includes('kling download') &&
      names.includes('conclude') &&
      names.some((name) => name.startsWith('attempt')) &&
      found
    );
  });
  const attempts = spans.filter(({ name }) => name.startsWith('attempt ')).map(({ spanId }) => spanId);
  const calls = spans.filter(({ name }) => name.startsWith('kling '));
  for (const call of calls) {
    expect(attempts).toContain(call.parentId);
    expect(call).toMatchObject({ kind: 3, isFailed: false });
    expect(call.facts).toMatchObject({ 'server.address': '127.0.0.1', 'http.response.status_code': 200 });
  }
  const named = (name: string) => calls.filter((call) => call.name === name).length;
  expect(named('kling POST /v1/videos/text2video')).toBe(1);
  expect(named('kling GET /v1/videos/text2video/{id}')).toBeGreaterThan(0);
  expect(named('kling download')).toBe(1);
  for (const secret of ['secret lighthouse', standInCredentials.apiKey, standIn.tasks().at(-1)?.id ?? '-', 'pageNum']) {
    expect(collector.raw()).not.toContain(secret);
  }
});

test('what the server asks the vendor by itself begins no trace', () => {
  expect(collector.spans().filter(({ name, parentId }) => name.startsWith('kling ') && parentId === '')).toEqual([]);
});

test('a call that is sent again says so, one that is refused has failed by its status, one without an answer by its kind', async () => {
  const answers = [
    [401, '{"code":1004,"message":"token expired"}'],
    [200, '{"code":0,"data":{}}'],
    [429, '{"code":1303,"message":"too many"}'],
  ] as const;
  let asked = 0;
  await using server = await startHttp((_, response) => {
    const [status, text] = answers[asked++] ?? [200, ''];
    response.writeHead(status).end(text);
  });
  const { tracing } = await openLog(parseConfig(tracingTo(collector.url)), ['worker'], { write: () => undefined });
  const credential = { fingerprint: 'one', authorize: () => 'Bearer the-key', renew: () => true };
  const way = openKlingWay(`http://127.0.0.1:${server.port}`);
  const client = createKlingClient({ ...way, credential, timeoutMs: 20_000, tracing });
  const traceId = 'f'.repeat(32);
  await tracing.span('work', { parent: `00-${traceId}-0123456789abcdef-01` }, async () => {
    await client.call('/v1/videos/omni-video/8812345?secret=query');
    await expect(client.call('/v1/videos/omni-video', { body: {} })).rejects.toThrow();
    await expect(client.call('/v1/videos/omni-video', { body: {} })).rejects.toThrow();
  });
  await client.close();
  await tracing.close();
  const calls = collector.spans().filter((span) => span.traceId === traceId && span.name.startsWith('kling '));
  const told = calls.map(({ name, isFailed, facts }) => [
    name,
    facts['http.request.resend_count'],
    isFailed,
    facts['error.type'],
  ]);
  expect(told).toEqual([
    ['kling GET /v1/videos/omni-video/{id}', undefined, true, '1004'],
    ['kling GET /v1/videos/omni-video/{id}', 1, false, undefined],
    ['kling POST /v1/videos/omni-video', undefined, true, '1303'],
    ['kling POST /v1/videos/omni-video', undefined, true, 'no_answer'],
  ]);
  expect(calls.map(({ facts }) => facts['http.response.status_code'])).toEqual([401, 200, 429, 200]);
  for (const secret of ['8812345', 'secret=query', 'the-key']) expect(collector.raw()).not.toContain(secret);
});
