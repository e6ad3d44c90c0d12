import { describe, expect, test } from 'vitest';
import { compileCheck } from '../lib/compile-check.ts';
import { Task } from './schema.ts';

const check = compileCheck(Task);
const base: Omit<Task, 'status' | 'progress'> = {
  created: 1757169743,
  id: 'task-unified-1757169743-8dxnm6yz',
  model: 'kling-custom-element',
  object: 'video.generation.task',
  type: 'video',
  task_info: { can_cancel: false },
  usage: { billing_rule: 'per_call', user_group: 'default' },
};
const used = { ...base.usage, credits_used: 1, cost: { credits: 1, usd: 0.014 } };
const refunded = { ...base.usage, credits_used: 0 };

describe('the task schema allows each state of the contract', () => {
  const states: Task[] = [
    {
      ...base,
      status: 'pending',
      progress: 0,
      task_info: { can_cancel: true, estimated_time: 30 },
      usage: { ...base.usage, credits_reserved: 1 },
    },
    { ...base, status: 'processing', progress: 40, task_info: { can_cancel: true, estimated_time: 12 } },
    {
      ...base,
      status: 'completed',
      progress: 100,
      results: [],
      result_data: { element_id: '4129876500123456', elements: [] },
      usage: used,
      duration: 4.2,
    },
    {
      ...base,
      status: 'failed',
      progress: 20,
      error: {
        code: 'image_dimension_mismatch',
        message: 'too small',
        type: 'task_error',
        param: 'x',
        suggestion: 'y',
      },
      usage: refunded,
    },
    {
      ...base,
      status: 'cancelled',
      progress: 0,
      error: { code: 'request_cancelled', message: 'cancelled', type: 'task_error' },
      usage: refunded,
    },
  ];
  test.each(states)('$status', (task) => {
    expect(check(task)).toEqual({ ok: true, value: task });
  });
});

test.each([
  [{ status: 'done' }, 'status'],
  [{ progress: 101 }, 'progress'],
  [{ id: 'task-1' }, 'id'],
  [{ error: { code: 'a', message: 'b', type: 'other' } }, 'error.type'],
])('%j is not a task', (change, param) => {
  expect(check({ ...base, status: 'pending', progress: 0, ...change })).toMatchObject({
    ok: false,
    invalid: { param },
  });
});
