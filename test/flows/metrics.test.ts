import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveMetrics } from '../../src/http/serve-metrics.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
let receiver: CallbackReceiver;
let troupe: StartedTroupe;
let admin: string;

beforeAll(async () => {
  [origin, receiver] = await Promise.all([startOrigin(), startReceiver()]);
  troupe = await startTroupe({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
  admin = (await troupe.grant({ account: 'operators', name: 'admin', role: 'admin' }, 0)).key;
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

async function load(): Promise<{ type: string | null; text: string }> {
  const answer = await fetch(`${troupe.url}/metrics`, { headers: { authorization: `Bearer ${admin}` } });
  expect(answer.status).toBe(200);
  return { type: answer.headers.get('content-type'), text: await answer.text() };
}

/** The sum of a metric's series that carry all of `labels`. */
function read(text: string, name: string, labels: Record<string, string> = {}): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .filter((line) => wanted.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

test('requests, tasks, credits, attempts, steps and callbacks are counted as they happen', async () => {
  const before = (await load()).text;
  const good = { ...imageRequest(origin.url('/duck.jpg')), callback_url: receiver.url('/good') };
  const { body } = await troupe.submit(good);
  expect((await troupe.waitForEnd(body.id)).status).toBe('completed');
  const bad = await troupe.submit(imageRequest(origin.url('/none.jpg')));
  expect((await troupe.waitForEnd(bad.body.id)).status).toBe('failed');
  const { type, text } = await until('the delivery in the numbers', async () => {
    const loaded = await load();
    return read(loaded.text, 'troupe_callback_duration_seconds_count', { outcome: 'accepted' }) === 1 && loaded;
  });
  expect(type).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
  expect(text.trimEnd().endsWith('# EOF')).toBe(true);
  const grown = (name: string, labels?: Record<string, string>) =>
    read(text, name, labels) - read(before, name, labels);
  const model = 'kling-custom-element';
  expect(
    grown('troupe_http_request_duration_seconds_count', {
      method: 'POST',
      route: '/v1/videos/generations',
      status: '200',
    }),
  ).toBe(2);
  expect(grown('troupe_tasks_accepted_total', { model, dry_run: 'false' })).toBe(2);
  expect(grown('troupe_tasks_ended_total', { model, status: 'completed' })).toBe(1);
  expect(grown('troupe_tasks_ended_total', { model, status: 'failed' })).toBe(1);
  const reserved = 2 * body.usage.credits_reserved;
  expect(grown('troupe_credits_total', { kind: 'reserved' })).toBeCloseTo(reserved);
  expect(grown('troupe_credits_total', { kind: 'charged' })).toBeCloseTo(reserved / 2);
  expect(grown('troupe_credits_total', { kind: 'returned' })).toBeCloseTo(reserved / 2);
  expect(grown('troupe_attempt_duration_seconds_count', { model, outcome: 'completed' })).toBe(1);
  expect(grown('troupe_attempt_failures_total', { model, code: 'image_processing_error' })).toBe(1);
  expect(grown('troupe_step_duration_seconds_count', { step: 'decodeImage' })).toBeGreaterThan(0);
});

test('queues, readiness, connections, children and the disk are read at each look', async () => {
  const { text } = await load();
  expect(read(text, 'troupe_ready', { part: 'database' })).toBe(1);
  expect(read(text, 'troupe_ready', { part: 'storage' })).toBe(1);
  expect(text).toMatch(/troupe_queue_jobs\{queue="build",state="due"\} 0/);
  expect(text).toMatch(/troupe_queue_oldest_due_seconds\{queue="deliver"\} 0/);
  expect(read(text, 'troupe_database_connections')).toBeGreaterThan(0);
  expect(text).toMatch(/troupe_media_children\{state="idle"\} \d/);
  expect(read(text, 'troupe_media_children_memory_bytes')).toBeGreaterThan(0);
  expect(read(text, 'troupe_data_folder_free_bytes')).toBeGreaterThan(0);
  expect(read(text, 'process_cpu_user_seconds_total')).toBeGreaterThan(0);
});

test('no label holds what a caller has written', async () => {
  await troupe.call('GET', '/v1/tasks/a-secret-name');
  await troupe.call('GET', '/no-such-path/a-secret-name');
  await troupe.submit({ model: 'a-secret-name' });
  expect((await load()).text).not.toContain('a-secret-name');
});

test('a port of its own shows the same without a key, and nothing else', async () => {
  const port = await findFreePort();
  const close = await serveMetrics(troupe.context, { host: '127.0.0.1', port });
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(await answer.text()).toContain('troupe_tasks_accepted_total');
    expect((await fetch(`http://127.0.0.1:${port}/v1/tasks`)).status).toBe(404);
  } finally {
    await close();
  }
});

test('alert rules and the dashboard ask for metrics, and name settings, that are there', async () => {
  const { text } = await load();
  const shown = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
  const files = await Promise.all(
    ['prometheus-alerts.yml', 'grafana-dashboard.json'].map((name) =>
      readFile(new URL(`../../deploy/${name}`, import.meta.url), 'utf8'),
    ),
  );
  const asked = new Set(files.join('\n').match(/\b(troupe|process)_[a-z_]+/g));
  expect(asked.size).toBeGreaterThan(15);
  const suffixes = /_(count|sum|bucket|total)$/;
  const missing = [...asked].filter((name) => !shown.has(name) && !shown.has(name.replace(suffixes, '')));
  expect(missing).toEqual([]);
  const settings = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');
  const unknown = (files.join('\n').match(/TROUPE_[A-Z_]+/g) ?? []).filter((name) => !settings.includes(`${name}=`));
  expect(unknown).toEqual([]);
});
