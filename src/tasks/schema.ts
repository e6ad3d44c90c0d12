import { type Static, type TSchema, Type } from 'typebox';
import { taskStatuses } from './states.ts';

/** States as they are sent; `cancelled` is missing from the contract's enum but named by its callback rules. */
const TaskStatus = Type.Enum([...taskStatuses], {
  type: 'string',
  description:
    '`completed`, `failed` and `cancelled` are final. A task that waits for its turn or for another attempt is `pending` (again).',
});

/** Why a task failed or was cancelled; the codes are those of refused requests where the reason is the same. */
export const TaskError = Type.Object(
  {
    code: Type.String({ examples: ['image_dimension_mismatch'] }),
    message: Type.String({
      description: 'The field, the measured value and the rule.',
      examples: [
        'model_params.element_image_list.refer_images[1].image_url: 280 × 640 px, each side must be at least 300 px',
      ],
    }),
    type: Type.Literal('task_error'),
    suggestion: Type.Optional(Type.String({ description: 'What to do next.' })),
    param: Type.Optional(Type.String({ description: 'Path of the request field at fault.' })),
  },
  { description: 'Only of failed and cancelled tasks.' },
);
export type TaskError = Static<typeof TaskError>;

const TaskInfo = Type.Object({
  can_cancel: Type.Boolean({
    description:
      'Whether a cancel request would still succeed; false once final, and once a video or picture was sent to a service that bills it.',
  }),
  estimated_time: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Seconds until it is expected to be finished.', examples: [30] }),
  ),
  step: Type.Optional(Type.String({ description: 'What is being done right now.', examples: ['matte'] })),
  video_duration: Type.Optional(
    Type.Integer({
      minimum: 0,
      description:
        'Seconds of the finished video, rounded. Until then those asked for or, where the length follows a given video, ' +
        'the most it can have. Video tasks only.',
      examples: [5],
    }),
  ),
});

/** Credits are sent as numbers with at most six decimals. */
const TaskUsage = Type.Object({
  billing_rule: Type.Enum(['per_call', 'per_second', 'per_token'], { type: 'string' }),
  credits_reserved: Type.Optional(
    Type.Number({ minimum: 0, description: 'Credits held back while the task is unfinished.', examples: [1] }),
  ),
  credits_used: Type.Optional(
    Type.Number({ minimum: 0, description: 'Final charge; 0 for failed and cancelled tasks.', examples: [1] }),
  ),
  cost: Type.Optional(
    Type.Object(
      {
        credits: Type.Number({ minimum: 0, description: 'Same as `credits_used`.', examples: [1] }),
        usd: Type.Optional(
          Type.Number({ minimum: 0, description: 'In US dollars, where the operator has said what a credit costs.' }),
        ),
      },
      { description: 'The final charge; only of finished tasks.' },
    ),
  ),
  user_group: Type.String({ examples: ['default'] }),
});

/** Only of dry runs. */
const DryRunMark = Type.Optional(
  Type.Literal(true, { description: 'Only of dry runs: nothing is reserved, charged or made.' }),
);

/** Without a closer description: whatever the model produced. Nothing is left out when it is sent. */
const AnyResult = Type.Object({}, { additionalProperties: true, description: 'What the model made.' });

/**
 * The task as the POST, the query and the callback send it, in every state: `results` and `result_data` only when
 * completed, `error` only when failed or cancelled. `resultData` describes the results of the models that are served.
 */
export function createTaskSchema<R extends TSchema>(resultData: R) {
  return Type.Object(
    {
      created: Type.Integer({ description: 'Unix seconds.', examples: [1757169743] }),
      id: Type.String({ pattern: '^task-unified-', examples: ['task-unified-1757169743-8dxnm6yz'] }),
      model: Type.String({ examples: ['kling-custom-element'] }),
      object: Type.Enum(['video.generation.task', 'image.generation.task'], { type: 'string' }),
      status: TaskStatus,
      progress: Type.Integer({ minimum: 0, maximum: 100 }),
      type: Type.Enum(['image', 'video', 'audio', 'text'], {
        type: 'string',
        description: 'Kind of the model; element tasks are filed under video.',
      }),
      dry_run: DryRunMark,
      results: Type.Optional(
        Type.Array(Type.String({ format: 'uri' }), {
          description: 'Links to what was made, for a limited time; empty for an element.',
        }),
      ),
      result_data: Type.Optional(resultData),
      error: Type.Optional(TaskError),
      task_info: TaskInfo,
      usage: TaskUsage,
      duration: Type.Optional(
        Type.Number({ minimum: 0, description: 'Seconds from acceptance to the final state.', examples: [4.2] }),
      ),
    },
    { title: 'Task' },
  );
}

export const Task = createTaskSchema(AnyResult);
export type Task = Static<typeof Task>;

/** One line of a list of tasks. */
export const TaskLine = Type.Object(
  {
    id: Type.String(),
    status: TaskStatus,
    model: Type.String(),
    type: Type.String(),
    title: Type.Optional(
      Type.String({
        description: "The element's name as it was asked for, or how the prompt of a video or picture begins.",
      }),
    ),
    element_id: Type.Optional(
      Type.String({ description: 'The element that the task has made, or the first that its video names.' }),
    ),
    dry_run: DryRunMark,
    progress: Type.Integer({ minimum: 0, maximum: 100 }),
    created_at: Type.Integer({ description: 'Unix seconds.' }),
    has_results: Type.Boolean(),
    has_error: Type.Boolean(),
    credits_used: Type.Number({ minimum: 0 }),
  },
  { title: 'TaskLine' },
);
