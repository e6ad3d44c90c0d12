import { expect, test } from 'vitest';
import { presentTask, presentTaskLine } from './present-task.ts';
import type { Task } from './tables.ts';

const createdAt = new Date('2026-03-01T12:00:00.750Z');
const error = { code: 'request_cancelled', message: 'm', type: 'task_error' } as const;
const task = (changes: Partial<Task>): Task => ({
  id: 'task-unified-1-a',
  account_id: 7,
  api_key_id: 8,
  model: 'kling-custom-element',
  type: 'video',
  status: 'pending',
  progress: 0,
  step: null,
  attempt: 0,
  tries: 0,
  losses: 0,
  request: { secret: 'url' },
  request_digest: null,
  idempotency_key: 'key',
  callback_url: 'https://example.com',
  external_task_id: null,
  callback_form: null,
  trace_parent: null,
  dry_run: false,
  billing_rule: 'per_call',
  reserved_microcredits: 1_500_000,
  charged_microcredits: null,
  error: null,
  result_data: null,
  results: null,
  created_at: createdAt,
  started_at: null,
  finished_at: null,
  deleted_at: null,
  request_forgotten_at: null,
  ...changes,
});
const after = (seconds: number) => new Date(createdAt.getTime() + seconds * 1000);
const common = {
  created: 1772366400,
  id: 'task-unified-1-a',
  model: 'kling-custom-element',
  object: 'video.generation.task',
  type: 'video',
};
const usage = (credits: object) => ({ billing_rule: 'per_call', ...credits, user_group: 'default' });

type Case = [string, Task, object];
const cases: Case[] = [
  [
    'pending: reserved credits and the usual time',
    task({}),
    {
      status: 'pending',
      progress: 0,
      task_info: { can_cancel: true, estimated_time: 26 },
      usage: usage({ credits_reserved: 1.5 }),
    },
  ],
  [
    'processing: its step',
    task({ status: 'processing', progress: 40, step: 'decode' }),
    {
      status: 'processing',
      progress: 40,
      task_info: { can_cancel: true, estimated_time: 26, step: 'decode' },
      usage: usage({ credits_reserved: 1.5 }),
    },
  ],
  [
    'completed: results, charge and duration, no step',
    task({
      status: 'completed',
      progress: 100,
      step: 'late',
      charged_microcredits: 1,
      finished_at: after(4.25),
      result_data: { a: 1 },
      results: [],
    }),
    {
      status: 'completed',
      progress: 100,
      task_info: { can_cancel: false, estimated_time: 0 },
      usage: usage({ credits_used: 0.000001, cost: { credits: 0.000001 } }),
      results: [],
      result_data: { a: 1 },
      duration: 4.25,
    },
  ],
  ...(['failed', 'cancelled'] as const).map(
    (status): Case => [
      `${status}: the error, no results, no charge`,
      task({ status, progress: 30, charged_microcredits: 0, finished_at: after(-1), error }),
      {
        status,
        progress: 30,
        task_info: { can_cancel: false, estimated_time: 0 },
        usage: usage({ credits_used: 0, cost: { credits: 0 } }),
        error,
        duration: 0,
      },
    ],
  ),
];
test.each(cases)('%s', (_, given, expected) => {
  expect(presentTask(given, 30, after(4))).toEqual({ ...common, ...expected });
});

test('an overdue task is still expected in a second', () => {
  expect(presentTask(task({}), 30, after(500)).task_info.estimated_time).toBe(1);
});

test('the line of a list holds no links, requests or error texts', () => {
  const line = presentTaskLine(task({ status: 'failed', error, charged_microcredits: 0, finished_at: after(1) }));
  expect(line).toEqual({
    id: 'task-unified-1-a',
    status: 'failed',
    model: 'kling-custom-element',
    type: 'video',
    progress: 0,
    created_at: 1772366400,
    has_results: false,
    has_error: true,
    credits_used: 0,
  });
});

test.each([
  [27_000_000, 14_706n, 0.397062],
  [1_000_000, 14_706n, 0.014706],
  [10, 14_706n, 0],
  [50, 10_000n, 0.000001],
  [0, 14_706n, 0],
  [1_000_000_000_000, 1_000_000_000n, 1e9],
])('%i microcredits at %i millionths of a dollar cost %d dollars', (charged_microcredits, microusd, usd) => {
  const finished = task({
    status: 'completed',
    charged_microcredits,
    finished_at: after(4),
    result_data: {},
    results: [],
  });
  expect(presentTask(finished, 30, after(5), microusd).usage.cost?.usd).toBe(usd);
  expect(presentTask(task({}), 30, after(5), microusd).usage).not.toHaveProperty('cost');
});
