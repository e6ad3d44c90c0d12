import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { openLog } from '../../src/open-log.ts';
import { noTracing } from '../../src/tracing/index.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type Collector, type ReceivedSpan, startCollector } from '../helpers/start-collector.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
let receiver: CallbackReceiver;
let collector: Collector;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  receiver = await startReceiver();
  collector = await startCollector();
  troupe = await startTroupe({
    worker: true,
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`, OTEL_BSP_SCHEDULE_DELAY: '100' },
  });
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await Promise.all([collector, receiver, origin].map((server) => server?.[Symbol.asyncDispose]()));
});

const callerTrace = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const callersSpan = '0123456789abcdef';
const parentOf = (traceId: string) => ({ traceparent: `00-${traceId}-${callersSpan}-01` });

/** Those of one trace, once one of this name is among them. */
const spansOf = (traceId: string, name: string) =>
  until(`the span ${name}`, () => {
    const spans = collector.spans().filter((span) => span.traceId === traceId);
    return spans.some((span) => span.name === name) && spans;
  });

const named = (spans: readonly ReceivedSpan[], name: string) => {
  const found = spans.filter((span) => span.name === name);
  expect(found.length, `spans called ${name}`).toBe(1);
  return found[0] as ReceivedSpan;
};

test('one trace leads from the caller over its request, the attempt and its steps to the callback', async () => {
  const callback_url = receiver.url('/traced?token=callback-secret');
  const body = imageRequest(origin.url('/duck.jpg?token=picture-secret'), [origin.url('/duck.jpg')], { callback_url });
  const { body: task } = await troupe.submit(body, parentOf(callerTrace));
  const callback = await until('the callback', () => receiver.received('/traced?token=callback-secret')[0]);
  const spans = await spansOf(callerTrace, 'callback');

  const request = named(spans, 'POST /v1/videos/generations');
  expect(request).toMatchObject({ parentId: callersSpan, kind: 2, isFailed: false });
  expect(request.facts).toMatchObject({ 'http.response.status_code': 200, 'troupe.task_id': task.id });
  const attempt = named(spans, 'attempt kling-custom-element');
  expect(attempt).toMatchObject({ parentId: request.spanId, kind: 5, isFailed: false });
  expect(attempt.facts).toMatchObject({
    'troupe.task_id': task.id,
    'troupe.attempt': 1,
    'troupe.outcome': 'completed',
  });
  for (const step of ['fetch', 'conclude']) expect(named(spans, step).parentId).toBe(attempt.spanId);
  const sent = named(spans, 'callback');
  expect(sent).toMatchObject({ parentId: request.spanId, kind: 3, isFailed: false });
  // The receiver can go on with it.
  expect(callback.headers.traceparent).toBe(`00-${callerTrace}-${sent.spanId}-01`);
  expect(collector.resource()).toMatchObject({ 'service.name': 'troupe', 'process.pid': process.pid });
});

test('what fails is failed in its trace, by its code', async () => {
  const traceId = 'b'.repeat(32);
  const { body: task } = await troupe.submit(imageRequest(origin.url('/missing.jpg')), parentOf(traceId));
  await troupe.waitForEnd(task.id);
  const attempt = named(await spansOf(traceId, 'attempt kling-custom-element'), 'attempt kling-custom-element');
  expect(attempt.isFailed).toBe(true);
  expect(attempt.facts['error.type']).toMatch(/^[a-z_]+$/);
});

test('a caller that says nothing or nonsense of its trace gets one of its own', async () => {
  const ids = new Set<string>();
  for (const traceparent of [
    undefined,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-${callersSpan}-01`,
    `ff-${callerTrace}-x-01`,
  ]) {
    const headers = traceparent === undefined ? {} : { traceparent };
    const answer = await troupe.call('GET', '/v1/credits', { headers });
    expect(answer.status).toBe(200);
    const requestId = answer.headers.get('x-request-id');
    const span = await until('its span', () =>
      collector.spans().find((one) => one.facts['troupe.request_id'] === requestId),
    );
    expect(span).toMatchObject({ parentId: '', name: 'GET /v1/credits' });
    ids.add(span.traceId);
  }
  expect(ids.size).toBe(5);
});

test('the line of a request in the log carries the ids of its trace', async () => {
  const traceId = 'c'.repeat(32);
  await troupe.call('GET', '/v1/credits', { headers: parentOf(traceId) });
  const line = await until('its line', () => troupe.log.find((one) => one.includes(traceId)));
  expect(JSON.parse(line)).toMatchObject({ msg: 'request', route: '/v1/credits', trace_id: traceId });
});

test('an error of the log reaches the collector beside its trace, a warning does not', async () => {
  await troupe.context.tracing.span('a sweep', { parent: null }, async (span) => {
    troupe.context.log.warn({ reason: 'weather' }, 'only a warning');
    troupe.context.log.error({ reason: 'disk full', task_id: 'task-1' }, 'a sweep failed');
    const [, traceId] = span.traceparent?.split('-') ?? [];
    const log = await until('the error', () => collector.logs().find(({ body }) => body === 'a sweep failed'));
    expect(log).toMatchObject({ severity: 'ERROR', traceId, facts: { reason: 'disk full', task_id: 'task-1' } });
  });
  expect(collector.logs().map(({ body }) => body)).not.toContain('only a warning');
});

test('health and metrics are asked all the time, and not traced', async () => {
  await Promise.all(['/healthz', '/readyz'].map((path) => troupe.call('GET', path)));
  const { headers } = await troupe.call('GET', '/v1/models');
  const id = headers.get('x-request-id');
  await until('a later span', () => collector.spans().some(({ facts }) => facts['troupe.request_id'] === id));
  expect(collector.spans().filter(({ name }) => /healthz|readyz/.test(name))).toEqual([]);
});

test('nothing that a caller wrote, and no secret, reaches the collector', () => {
  expect(collector.raw()).toContain('troupe.request_id');
  for (const secret of [
    troupe.key.key,
    'callback-secret',
    'picture-secret',
    'My Character',
    '/traced',
    '127.0.0.1/duck',
  ]) {
    expect(collector.raw()).not.toContain(secret);
  }
});

test("without an address, or with OpenTelemetry's own switch, nothing is traced", async () => {
  const OtelExporterOtlpEndpoint = collector.url;
  for (const environment of [
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: OtelExporterOtlpEndpoint, OTEL_SDK_DISABLED: 'true' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: OtelExporterOtlpEndpoint, OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' },
  ]) {
    const { tracing } = await openLog(parseConfig(environment), ['api']);
    expect(tracing).toBe(noTracing);
  }
});

test.each([
  ['always_off', '1', '01', '00'],
  ['always_on', '1', '00', '01'],
  ['traceidratio', '0', '01', '00'],
  ['parentbased_always_on', '1', '00', '00'],
  ['parentbased_always_off', '1', '01', '01'],
  ['parentbased_traceidratio', '0', '01', '01'],
])('%s with %s: a caller that says %s is answered %s', async (OtelTracesSampler, OtelTracesSamplerArg, said, flag) => {
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER: OtelTracesSampler,
    OTEL_TRACES_SAMPLER_ARG: OtelTracesSamplerArg,
  };
  const { tracing } = await openLog(parseConfig(environment), ['api'], { write: () => undefined });
  const span = tracing.begin('sampled?', { parent: `00-${'d'.repeat(32)}-${callersSpan}-${said}` });
  expect(span.traceparent?.slice(-2)).toBe(flag);
  span.end();
  await tracing.close();
});

test('a collector that is away costs no answer and no stop, and is told once', async () => {
  const away = `http://127.0.0.1:${await findFreePort()}`;
  await using lonely = await startTroupe({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: away } });
  for (let round = 0; round < 3; round++) expect((await lonely.call('GET', '/v1/credits')).status).toBe(200);
  lonely.context.log.error('something for the collector');
  await lonely.context.tracing.close();
  const lines = () => lonely.log.filter((line) => line.includes('could not be sent'));
  await until('the warning', () => lines().length > 0);
  expect(lines().length).toBeLessThanOrEqual(2); // one of each kind: traces, errors
});

test('an address with a password, which each error would show, is refused at the start', () => {
  const start = () => parseConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://user:secret@collector:4318' });
  expect(start).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT must not hold a user or password');
  expect(() => parseConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toThrow('must be an http://');
});
