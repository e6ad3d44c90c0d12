import { type Static, Type } from 'typebox';
import { checkModelAllowed, findScope } from '../../../accounts/index.ts';
import { cancel } from '../../../flow/index.ts';
import { showValue } from '../../../lib/show-value.ts';
import { estimatePrice, getModel, listModels, presentModel } from '../../../models/index.ts';
import { isTaskId, listTasksAfter, type Task, taskNotFound } from '../../../tasks/index.ts';
import { markCharacters } from '../../bodies/mark-characters.ts';
import { invalidRequest } from '../../errors.ts';
import { TaskShape, waitField } from './shapes.ts';
import { answerTask, describeTask, makeTask, presentTask, waitForTask } from './tasks.ts';
import { defineTool, type ToolCall } from './tool.ts';

const taskId = Type.String({
  maxLength: 64,
  description: 'As create_element, create_video and create_image answer it.',
});
const media = 'A URL, a data URL, or `file:FILE_ID` of upload_file.';

const VideoInput = Type.Object(
  {
    prompt: Type.Optional(
      Type.String({
        description: 'What happens. `@name` of an element in element_ids, or its name alone, stands for it.',
      }),
    ),
    model: Type.Optional(
      Type.String({
        description:
          'Of search_models. Default: kling-o3-image-to-video with pictures, kling-o3-reference-to-video with a video, else kling-o3-text-to-video.',
      }),
    ),
    element_ids: Type.Optional(Type.Array(Type.String(), { maxItems: 7, description: 'Who and what is in it.' })),
    first_frame: Type.Optional(Type.String({ description: media })),
    last_frame: Type.Optional(Type.String({ description: `Needs first_frame. ${media}` })),
    images: Type.Optional(Type.Array(Type.String(), { maxItems: 7, description: `Reference images. ${media}` })),
    video: Type.Optional(Type.String({ description: `A video to follow or to change. ${media}` })),
    seconds: Type.Optional(Type.Integer({ description: 'Length; the price follows it. Default 5.' })),
    quality: Type.Optional(Type.Enum(['720p', '1080p', '4k'], { type: 'string' })),
    aspect_ratio: Type.Optional(Type.Enum(['16:9', '9:16', '1:1'], { type: 'string' })),
    sound: Type.Optional(Type.Boolean({ description: 'Whether sound is made; costs more. Default false.' })),
    wait_seconds: waitField(0),
  },
  { additionalProperties: false },
);

async function toRequest({ context, caller }: ToolCall, asked: Static<typeof VideoInput>): Promise<object> {
  const {
    prompt,
    element_ids = [],
    first_frame,
    last_frame,
    images = [],
    video,
    seconds,
    quality,
    aspect_ratio,
    sound,
  } = asked;
  const model = asked.model ?? chooseModelId(first_frame !== undefined || images.length > 0, video !== undefined);
  const { properties = {} } = (listModels().find(({ id }) => id === model)?.requestSchema ?? {}) as {
    properties?: object;
  };
  const takes = (field: string) => Object.hasOwn(properties, field);
  refuseWithoutEffect(model, properties, asked);
  // O1 and motion control have their frames in `image_urls`.
  const frames = [first_frame, last_frame].filter((one) => one !== undefined);
  const given =
    takes('image_start') || !takes('image_urls')
      ? { image_start: first_frame, image_end: last_frame, image_urls: images }
      : { image_urls: [...frames, ...images] };
  return {
    model,
    ...(prompt === undefined ? {} : { prompt: await markCharacters(context, caller, prompt, element_ids) }),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value.length > 0)),
    ...(video === undefined ? {} : takes('video_urls') ? { video_urls: [video] } : { video_url: video }),
    ...(seconds === undefined ? {} : { duration: seconds }),
    ...(quality === undefined ? {} : { quality }),
    ...(aspect_ratio === undefined ? {} : { aspect_ratio }),
    ...(sound === undefined ? {} : { sound: sound ? 'on' : 'off' }),
    ...(element_ids.length === 0
      ? {}
      : { model_params: { element_list: element_ids.map((element_id) => ({ element_id })) } }),
  };
}

/** Throws 400 for what the model would ignore: the answer of a tool has no place that says so, and an agent would go on as if it had an effect. */
function refuseWithoutEffect(model: string, properties: object, asked: Static<typeof VideoInput>): void {
  if (model === 'kling-custom-element') {
    throw invalidRequest({ param: 'model', message: `model: ${model} makes no video; create_element asks for it` });
  }
  // A name that is none is refused as such.
  if (Object.keys(properties).length === 0) return;
  const { seconds, quality, aspect_ratio, sound } = asked;
  const wanted = {
    seconds: seconds !== undefined,
    quality: quality !== undefined,
    aspect_ratio: aspect_ratio !== undefined,
    sound,
  };
  for (const [name, isWanted] of Object.entries(wanted)) {
    if (isWanted && !Object.hasOwn(properties, name === 'seconds' ? 'duration' : name)) {
      const message = `${name}: is not taken by ${model}, so it would have no effect; leave it out or choose another model`;
      throw invalidRequest({ param: name, message });
    }
  }
}

function chooseModelId(hasPictures: boolean, hasVideo: boolean): string {
  if (hasVideo) return 'kling-o3-reference-to-video';
  return hasPictures ? 'kling-o3-image-to-video' : 'kling-o3-text-to-video';
}

function refuseAfter(after: string): never {
  throw invalidRequest({
    param: 'after',
    message: `after: is ${showValue(after)}, must be the task_id of a task of this account`,
  });
}

async function readTask({ context, caller }: ToolCall, id: string): Promise<Task> {
  const task = isTaskId(id) ? await context.taskFinder.find(findScope(caller), id) : null;
  if (task === null) throw taskNotFound();
  return task;
}

export const createVideo = defineTool({
  name: 'create_video',
  title: 'Create a video',
  description:
    'Makes a video from words, pictures and elements. Costs credits by the second: estimate_cost tells how many beforehand, and the answer says what was ' +
    'reserved. Takes seconds to minutes: the answer comes at once unless wait_seconds says otherwise; then ask get_task.',
  effect: 'spends',
  input: VideoInput,
  output: TaskShape,
  async run(call, asked) {
    const task = await makeTask(call, await toRequest(call, asked), asked.wait_seconds ?? 0);
    return await answerTask(call, task);
  },
});

export const getTask = defineTool({
  name: 'get_task',
  title: 'Look at a task',
  description:
    'How far a task is; waits for its end up to wait_seconds. A finished video comes with its link and four of its frames as one picture, finished pictures with their links and the first of them, a finished element with its sheet.',
  effect: 'reads',
  input: Type.Object({ task_id: taskId, wait_seconds: waitField(50) }, { additionalProperties: false }),
  output: TaskShape,
  async run(call, { task_id, wait_seconds = 50 }) {
    return await answerTask(call, await waitForTask(call, await readTask(call, task_id), wait_seconds));
  },
});

export const listTasks = defineTool({
  name: 'list_tasks',
  title: 'List tasks',
  description: "The account's tasks, newest first, whichever program asked for them.",
  effect: 'reads',
  input: Type.Object(
    {
      status: Type.Optional(
        Type.Enum(['processing', 'completed', 'failed', 'cancelled'], {
          type: 'string',
          description: 'processing includes what waits.',
        }),
      ),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
      after: Type.Optional(Type.String({ description: 'task_id of the last one of the page before.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ tasks: Type.Array(TaskShape) }),
  async run(call, { status, limit = 20, after }) {
    // What lies behind a task that is none would be nothing, as if there were no more.
    if (after !== undefined) await readTask(call, after).catch(() => refuseAfter(after));
    const found = await listTasksAfter(
      call.context.database.db,
      call.caller.account_id,
      { status },
      after ?? null,
      limit,
    );
    const tasks = await Promise.all(found.map((task) => presentTask(call, task)));
    return { text: tasks.length === 0 ? 'There are none.' : tasks.map(describeTask).join('\n'), structured: { tasks } };
  },
});

export const cancelTask = defineTool({
  name: 'cancel_task',
  title: 'Cancel a task',
  description:
    'Cancels an unfinished task; its reserved credits come back. A video that was sent to a service that bills it can not be cancelled.',
  effect: 'destroys',
  input: Type.Object({ task_id: taskId }, { additionalProperties: false }),
  output: TaskShape,
  async run(call, { task_id }) {
    const { id } = await readTask(call, task_id);
    const structured = await presentTask(call, await cancel(call.context, call.caller.account_id, id));
    return { text: describeTask(structured), structured };
  },
});

export const estimateCost = defineTool({
  name: 'estimate_cost',
  title: 'Estimate a cost',
  description:
    'What a request would cost in credits. Free, and reserves nothing. For an element the model is kling-custom-element.',
  effect: 'reads',
  input: Type.Object(
    {
      model: Type.String({ description: 'Of search_models.' }),
      seconds: Type.Optional(Type.Integer({ description: 'Default 5.' })),
      quality: Type.Optional(Type.Enum(['720p', '1080p', '1k', '2k', '4k'], { type: 'string' })),
      count: Type.Optional(Type.Integer({ description: 'How many, of pictures. Default 1.' })),
      sound: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ model: Type.String(), credits: Type.Number(), assumptions: Type.Array(Type.String()) }),
  async run({ context, caller }, { model: id, seconds, quality, count, sound }) {
    const model = getModel(id);
    checkModelAllowed(caller, model.id);
    const { models, credits: money } = context.config;
    const input = {
      ...(seconds === undefined ? {} : { duration: seconds }),
      ...(quality === undefined ? {} : { quality }),
      ...(count === undefined ? {} : { count }),
      ...(sound === undefined ? {} : { sound: sound ? ('on' as const) : ('off' as const) }),
    };
    const { credits_reserved, assumptions } = estimatePrice(model, { input }, models, money.creditMicrousd);
    const structured = { model: id, credits: Number(credits_reserved), assumptions: [...assumptions] };
    return { text: [`${id}: ${credits_reserved} credits.`, ...assumptions].join('\n'), structured };
  },
});

export const searchModels = defineTool({
  name: 'search_models',
  title: 'Search models',
  description:
    'The models that this key may use, with what they do and cost; `query` is words of their names and descriptions.',
  effect: 'reads',
  input: Type.Object({ query: Type.Optional(Type.String({ maxLength: 200 })) }, { additionalProperties: false }),
  output: Type.Object({
    models: Type.Array(
      Type.Object({
        model: Type.String(),
        title: Type.String(),
        description: Type.String(),
        credits: Type.Number({ description: 'For each element, each picture, or each second of 720p without sound.' }),
        billed: Type.Enum(['per_call', 'per_second', 'per_token'], { type: 'string' }),
      }),
    ),
  }),
  async run({ context, caller }, { query = '' }) {
    const words = query
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const models = listModels()
      .filter(({ id }) => caller.allowed_models?.includes(id) ?? true)
      .filter(({ id, title, description }) => {
        const text = `${id} ${title} ${description}`.toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .map((model) => {
        const { id, title, description, credits, billing_rule } = presentModel(model, context.config.models);
        return { model: id, title, description, credits, billed: billing_rule };
      });
    const lines = models.map(
      ({ model, description, credits, billed }) =>
        `${model}: ${description} ${credits} credits ${billed.replace('_', ' ')}.`,
    );
    return { text: lines.join('\n') || 'No model has these words.', structured: { models } };
  },
});
