import { type Static, Type } from 'typebox';
import { findScope } from '../../../accounts/index.ts';
import { type Element, elementNotFound, findElement, searchElements } from '../../../elements/index.ts';
import { changeElement, deleteElement, loadPreview, loadSheet } from '../../../flow/index.ts';
import { encodeCursor, parseCursor } from '../../../lib/cursor.ts';
import { invalidCursor, invalidRequest } from '../../errors.ts';
import { ElementShape, TaskShape, waitField } from './shapes.ts';
import { answerTask, describeTask, listPictures, makeTask, presentTask, tryPicture } from './tasks.ts';
import { defineTool, type ToolCall } from './tool.ts';

const elementId = Type.String({
  pattern: '^[1-9][0-9]{15}$',
  'x-rule': 'must be the 16 digits of an element; list_elements has them',
  description: 'The 16 digits of an element.',
});

const source = 'a URL that the server can fetch, a data URL, or `file:FILE_ID` of upload_file';

const making = {
  name: Type.String({ description: 'At most 20 characters; prompts may name the element by it.' }),
  description: Type.String({ description: 'What the subject looks like, at most 100 characters.' }),
  images: Type.Optional(
    Type.Array(Type.String(), {
      minItems: 2,
      maxItems: 4,
      description: `2 to 4 pictures of one subject (JPEG or PNG, at least 300 px): the front view, then other angles. Each is ${source}.`,
    }),
  ),
  video: Type.Optional(
    Type.String({
      description: `In place of images: one clip of one person, at most 8 s, 720 to 2160 px wide. It is ${source}.`,
    }),
  ),
  voice_id: Type.Optional(Type.String({ description: 'With a video: a voice to bind.' })),
};

type Making = Static<typeof makingSchema>;
const makingSchema = Type.Object(making);

function toRequest({ name, description, images, video, voice_id }: Making): object {
  if (video !== undefined && images !== undefined) {
    throw invalidRequest({
      param: 'images',
      message: 'images: are given beside video, an element is made of one of them',
    });
  }
  const [frontal_image, ...others] = images ?? [];
  const given =
    video === undefined
      ? {
          reference_type: 'image_refer',
          element_image_list: { frontal_image, refer_images: others.map((image_url) => ({ image_url })) },
        }
      : { reference_type: 'video_refer', element_video_list: { refer_videos: [{ video_url: video }] } };
  return {
    model: 'kling-custom-element',
    model_params: {
      element_name: name,
      element_description: description,
      ...given,
      ...(voice_id === undefined ? {} : { element_voice_id: voice_id }),
    },
  };
}

function presentElement({ id, name, description, reference_type, labels, created_at }: Element) {
  return {
    element_id: String(id),
    name,
    description,
    made_from: reference_type === 'image_refer' ? ('images' as const) : ('video' as const),
    tags: [...labels],
    created_at: created_at.toISOString(),
  };
}

const describeElement = ({ element_id, name, description, tags }: Static<typeof ElementShape>) =>
  `${element_id}: ${name} (${description})${tags.length === 0 ? '' : `, tags ${tags.join(', ')}`}`;

async function getElement({ context, caller }: ToolCall, id: string): Promise<Element> {
  const element = await findElement(context.database.db, findScope(caller), Number(id));
  if (element === null) throw elementNotFound();
  return element;
}

export const createElement = defineTool({
  name: 'create_element',
  title: 'Create an element',
  description:
    'Makes a reusable character or object from pictures or a clip, so that the same subject appears in every video. Costs credits (estimate_cost with ' +
    'kling-custom-element tells how many); the answer says the amount. Run check_element first when unsure about the pictures: it is free. Shows ' +
    'the finished element as one sheet of cut-outs.',
  effect: 'spends',
  input: Type.Object({ ...making, wait_seconds: waitField(50) }, { additionalProperties: false }),
  output: TaskShape,
  async run(call, { wait_seconds = 50, ...asked }) {
    return await answerTask(call, await makeTask(call, toRequest(asked), wait_seconds));
  },
});

export const checkElement = defineTool({
  name: 'check_element',
  title: 'Check an element without paying',
  description:
    'Looks at the pictures or the clip as create_element would, makes nothing and costs nothing: says what would be refused, what should be better, and ' +
    'what it would cost. Takes a few seconds.',
  effect: 'reads',
  input: Type.Object({ ...making, wait_seconds: waitField(50) }, { additionalProperties: false }),
  output: Type.Object({
    task: TaskShape,
    would_cost_credits: Type.Unsafe<number | null>({ type: ['number', 'null'] }),
    findings: Type.Array(Type.Object({ code: Type.String(), level: Type.String(), message: Type.String() })),
  }),
  async run(call, { wait_seconds = 50, ...asked }) {
    const ended = await makeTask(call, { ...toRequest(asked), dry_run: true }, wait_seconds);
    const task = await presentTask(call, ended);
    const { would_reserve_credits: cost = null, report = [] } = (ended.result_data ?? {}) as {
      would_reserve_credits?: number;
      report?: { code: string; level: string; message: string }[];
    };
    const findings = report.map(({ code, level, message }) => ({ code, level, message }));
    const lines = findings.map(({ level, message }) => `- ${level}: ${message}`);
    const verdict =
      task.status === 'completed'
        ? `It would be made, for ${cost} credits. Nothing was charged.\n${lines.join('\n')}`
        : task.status === 'failed'
          ? `It would be refused: ${task.error?.message} (${task.error?.code}). Nothing was charged.`
          : describeTask(task);
    return {
      text: verdict,
      structured: { task, would_cost_credits: cost, findings },
      ...listPictures(
        task.status === 'completed' ? await tryPicture(call, (context) => loadPreview(context, ended)) : null,
      ),
    };
  },
});

export const listElements = defineTool({
  name: 'list_elements',
  title: 'List and search elements',
  description:
    "The account's elements, newest first; `query` searches names, descriptions and tags by the beginnings of words.",
  effect: 'reads',
  input: Type.Object(
    {
      query: Type.Optional(Type.String({ maxLength: 200 })),
      tag: Type.Optional(Type.String({ maxLength: 40 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
      cursor: Type.Optional(Type.String({ description: 'next_cursor of the page before.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    elements: Type.Array(ElementShape),
    next_cursor: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
  }),
  async run({ context, caller }, { query, tag, limit = 20, cursor }) {
    const after = cursor === undefined ? null : parseCursor('mcp elements', ['number'], cursor);
    if (cursor !== undefined && after === null) throw invalidCursor();
    const filter = { ...(query === undefined ? {} : { query }), ...(tag === undefined ? {} : { tag }) };
    const slice = { limit: limit + 1, ...(after === null ? {} : { after: after[0] as number }) };
    const found = await searchElements(context.database.db, caller.account_id, filter, slice);
    const elements = found.slice(0, limit).map(presentElement);
    const last = found[limit - 1];
    const next_cursor = found.length > limit && last ? encodeCursor('mcp elements', [last.id]) : null;
    const text = elements.length === 0 ? 'There are none.' : elements.map(describeElement).join('\n');
    return { text, structured: { elements, next_cursor } };
  },
});

export const getElementTool = defineTool({
  name: 'get_element',
  title: 'Look at an element',
  description: 'What is known of one element, and its sheet of cut-outs as a picture.',
  effect: 'reads',
  input: Type.Object({ element_id: elementId }, { additionalProperties: false }),
  output: Type.Object({
    ...ElementShape.properties,
    report: Type.Array(Type.Object({ level: Type.String(), message: Type.String() })),
  }),
  async run(call, { element_id }) {
    const element = await getElement(call, element_id);
    const shown = presentElement(element);
    const report = element.manifest.report.map(({ level, message }) => ({ level, message }));
    const lines = report.map(({ level, message }) => `- ${level}: ${message}`);
    return {
      text: [describeElement(shown), ...lines].join('\n'),
      structured: { ...shown, report },
      ...listPictures(await tryPicture(call, (context) => loadSheet(context, element.id))),
    };
  },
});

export const updateElement = defineTool({
  name: 'update_element',
  title: 'Rename or tag an element',
  description:
    'Changes the name, the description or the tags; what is left out stays. The pictures and the id stay too.',
  effect: 'changes',
  input: Type.Object(
    {
      element_id: elementId,
      name: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
      description: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      tags: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 40 }), {
          maxItems: 20,
          description: 'All of them: those left out are taken away.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  output: ElementShape,
  async run({ context, caller }, { element_id, name, description, tags }) {
    const fields = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(tags === undefined ? {} : { labels: tags }),
    };
    const structured = presentElement(await changeElement(context, caller.account_id, Number(element_id), fields));
    return { text: `Changed. ${describeElement(structured)}`, structured };
  },
});

export const deleteElementTool = defineTool({
  name: 'delete_element',
  title: 'Delete an element',
  description: 'For good: its id can not be used again. Videos made of it stay.',
  effect: 'destroys',
  input: Type.Object({ element_id: elementId }, { additionalProperties: false }),
  output: Type.Object({ element_id: Type.String(), deleted: Type.Literal(true) }),
  async run({ context, caller }, { element_id }) {
    await deleteElement(context, caller.account_id, Number(element_id));
    return { text: `Element ${element_id} is deleted.`, structured: { element_id, deleted: true as const } };
  },
});
