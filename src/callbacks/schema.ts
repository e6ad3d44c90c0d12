import { type Static, Type } from 'typebox';

const outcomeFields = {
  started_at: Type.String({ format: 'date-time' }),
  duration_ms: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'Milliseconds; null while it is under way, and where its process died.',
    examples: [82],
  }),
  outcome: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description:
      '`accepted` for any status of 2xx, `bad_status` for any other one; without an answer `refused_url`, ' +
      '`refused_address`, `dns_failed`, `connect_failed`, `tls_failed`, `timed_out`, `connection_lost` or `bad_answer`. ' +
      'Null while it is under way, and where its process died.',
    examples: ['bad_status'],
  }),
  status_code: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'Of the answer; null without one.',
    examples: [503],
  }),
  detail: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'What went wrong, for people; null of an accepted attempt.',
    examples: ['the answer has to be a status of 2xx'],
  }),
};

export const CallbackAttempt = Type.Object(
  { attempt: Type.Integer({ minimum: 1, description: 'Counted from 1, through all rounds.' }), ...outcomeFields },
  { title: 'CallbackAttempt' },
);
export type CallbackAttempt = Static<typeof CallbackAttempt>;

/** As `CallbackAttempt`, of a test, which has one only. */
export const CallbackTest = Type.Object(
  {
    webhook_id: Type.String({ examples: ['msg_test_a1b2c3d4e5f6'] }),
    ...CallbackAttempt.properties,
  },
  { title: 'CallbackTest' },
);
export type CallbackTest = Static<typeof CallbackTest>;

const callbackStates = ['none', 'waiting', 'due', 'delivered', 'given_up'] as const;

/** What became of a task's callback, with all its attempts. */
export const TaskCallbacks = Type.Object(
  {
    state: Type.Enum([...callbackStates], {
      type: 'string',
      description:
        '`none`: the task named no `callback_url`; `waiting`: it is unfinished; `due`: an attempt is under way or follows; ' +
        '`delivered`; `given_up`: every attempt of the round has failed.',
    }),
    url: Type.Unsafe<string | null>({ type: ['string', 'null'], examples: ['https://example.com/hook'] }),
    webhook_id: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'The header `webhook-id` of every attempt.',
      examples: ['msg_task-unified-1757169743-8dxnm6yz'],
    }),
    attempts: Type.Array(CallbackAttempt, { description: 'In their order; the newest hundred of very many.' }),
  },
  { title: 'TaskCallbacks' },
);
export type TaskCallbacks = Static<typeof TaskCallbacks>;

/** One line of the list of given-up callbacks. */
export const GivenUpCallback = Type.Object(
  {
    task_id: Type.String(),
    url: Type.String(),
    webhook_id: Type.String(),
    attempts: Type.Integer({ minimum: 0 }),
    given_up_at: Type.String({ format: 'date-time' }),
  },
  { title: 'GivenUpCallback' },
);
export type GivenUpCallback = Static<typeof GivenUpCallback>;
