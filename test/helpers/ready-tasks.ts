import type { ReadyTask } from '../../src/flow/acceptance/ready-task.ts';
import { createTaskId, workQueues } from '../../src/tasks/index.ts';

const credit = 1_000_000;

/** Who submits. */
export interface Payer {
  account_id: number;
  key_id: number;
}

export interface ReadyOptions {
  idempotencyKey?: string;
  /** Credits. */
  price?: number;
  at?: Date;
  /** Elements that a video names; without any it is an element that is asked for. */
  elements?: readonly string[];
  name?: string;
}

/** A task as `accept` has it when nothing is missing but its transaction. */
export function createReady({ account_id, key_id }: Payer, options: ReadyOptions = {}): ReadyTask {
  const { idempotencyKey = null, price = 1, at = new Date(), elements, name = 'one' } = options;
  const request = elements
    ? {
        kind: 'video',
        prompt: name,
        elements: elements.map((element_id) => ({ element_id })),
        sources: [],
        engine: 'nothing',
      }
    : { kind: 'element', element_name: name, sources: [], engine: 'nothing' };
  return {
    task: {
      id: createTaskId(at),
      account_id,
      api_key_id: key_id,
      model: 'kling-custom-element',
      type: 'video',
      request,
      request_digest: idempotencyKey === null ? null : Buffer.alloc(32, idempotencyKey),
      idempotency_key: idempotencyKey,
      callback_url: null,
      billing_rule: 'per_call',
      reserved_microcredits: price * credit,
      created_at: at,
    },
    queue: workQueues.local,
    holdFiles: null,
  };
}
