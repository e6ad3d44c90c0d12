import type { Static } from 'typebox';
import { type Context, type LinkedElement, linkElements, readAcceptedRequest, showTasks } from '../../../flow/index.ts';
import { elementTags } from '../../../models/index.ts';
import type { Task } from '../../../tasks/index.ts';
import { type FieldName, renameFieldsIn } from '../../rename-fields.ts';
import { fieldNames } from './field-names.ts';
import type { KlingTask } from './schema.ts';

export type ShownTask = Static<typeof KlingTask>;

const statuses = {
  pending: 'submitted',
  processing: 'processing',
  completed: 'succeed',
  failed: 'failed',
  cancelled: 'failed',
} as const;

/** Tasks of one account as the official form shows them, whichever form they were asked for in. */
export async function presentTasks(context: Context, tasks: readonly Task[], origin?: string): Promise<ShownTask[]> {
  const base = context.config.flow.publicUrl ?? origin ?? context.localUrl;
  const shown = await showTasks(context, tasks, origin);
  const ids = tasks.flatMap((task) => findElementId(task) ?? []);
  const elements = await linkElements(context, tasks[0]?.account_id ?? 0, ids, base);
  return tasks.map((task, at) => {
    const elementId = findElementId(task);
    const element = elementId === null ? undefined : elements.get(elementId);
    return presentOne(task, shown[at]?.results ?? [], element);
  });
}

function presentOne(task: Task, results: readonly string[], element: LinkedElement | undefined): ShownTask {
  const { id, status, external_task_id, error, created_at, started_at, finished_at } = task;
  return {
    task_id: id,
    task_status: statuses[status],
    task_status_msg: error === null ? '' : renameFieldsIn(error.message, namesOf(task)),
    task_info: external_task_id === null ? {} : { external_task_id },
    ...(status === 'completed' ? { task_result: presentResult(task, results, element) } : {}),
    ...(finished_at === null ? {} : { final_unit_deduction: String((task.charged_microcredits ?? 0) / 1_000_000) }),
    created_at: created_at.getTime(),
    updated_at: (finished_at ?? started_at ?? created_at).getTime(),
  };
}

/** The number of the element that a task has made. */
function findElementId(task: Task): number | null {
  const { element_id } = (task.result_data ?? {}) as { element_id?: string };
  return task.status === 'completed' && element_id !== undefined ? Number(element_id) : null;
}

function presentResult(task: Task, results: readonly string[], element: LinkedElement | undefined) {
  if (task.dry_run) return {};
  const { kind } = readAcceptedRequest(task);
  if (kind === 'element') return { elements: element === undefined ? [] : [presentElement(element)] };
  if (kind === 'image') return { images: presentImages(task, results) };
  const { duration = 0 } = (task.result_data ?? {}) as { duration?: number };
  return { videos: results.map((url, at) => ({ id: `${task.id}-${at + 1}`, url, duration: String(duration) })) };
}

/** Pictures by their numbers; of several sets, each with its own. */
function presentImages({ result_data }: Task, results: readonly string[]) {
  const { images = [] } = (result_data ?? {}) as { images?: readonly { set?: number }[] };
  if (images[0]?.set === undefined) return results.map((url, index) => ({ index, url }));
  return [...new Set(images.map(({ set = 0 }) => set))].map((index) => {
    const links = results.filter((_, at) => images[at]?.set === index).map((url, at) => [`url_${at + 1}`, url]);
    return { index, ...Object.fromEntries(links) };
  });
}

function presentElement({ element, frontal_image, refer_images, clip }: LinkedElement) {
  const images = refer_images.map((image_url) => ({ image_url }));
  return {
    element_id: element.id,
    element_name: element.name,
    element_description: element.description,
    reference_type: element.reference_type,
    ...(frontal_image === null ? {} : { element_image_list: { frontal_image, refer_images: images } }),
    ...(clip === null ? {} : { element_video_list: { refer_videos: [{ video_url: clip }] } }),
    ...(element.voice_id === null ? {} : { element_voice_info: { voice_id: element.voice_id } }),
    tag_list: element.tags.map((id) => {
      const name = elementTags[id as keyof typeof elementTags] ?? id;
      return { id, name, description: name };
    }),
    owned_by: String(element.account_id),
    status: element.deleted_at === null ? ('succeed' as const) : ('deleted' as const),
  };
}

const omniImageNames: readonly FieldName[] = [
  [/^image_urls\[(\d+)\]$/, 'image_list[$1].image'],
  [/^quality$/, 'resolution'],
];

const namesByModel: Readonly<Record<string, readonly FieldName[]>> = {
  'kling-image-o1': omniImageNames,
  'kling-image-o3': omniImageNames,
  'kling-image-angles': [[/^image_urls\[0\]$/, 'element_frontal_image']],
  'kling-image-v3': [
    [/^image_urls\[0\]$/, 'image'],
    [/^quality$/, 'resolution'],
  ],
  'kling-v3-image-to-video': [
    [/^image_start$/, 'image'],
    [/^image_end$/, 'image_tail'],
  ],
  'kling-v3-motion-control': [
    [/^image_urls\[0\]$/, 'image_url'],
    [/^video_urls\[0\]$/, 'video_url'],
  ],
};

/** Of omni videos: a task doesn't keep the places of a list that had its frames anywhere. */
const omniNames: readonly FieldName[] = [
  [/^image_start$/, 'image_list[first_frame].image_url'],
  [/^image_end$/, 'image_list[end_frame].image_url'],
  [/^image_urls\[(\d+)\]$/, 'image_list[$1].image_url'],
  [/^video_urls?(?:\[0\])?$/, 'video_list[0].video_url'],
];

function namesOf({ model }: Task): readonly FieldName[] {
  return [...(namesByModel[model] ?? omniNames), ...fieldNames];
}
