import { billTask } from './bill-task.ts';
import type { StoredTask, TaskStatus } from './task-store.ts';

const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/** A task as the legacy API answers it: element ids are bare integers of 18 digits, which JSON allows and numbers don't hold. */
export function presentTask(task: StoredTask, status: TaskStatus, linkTo: LinkTo) {
  return {
    task_id: task.id,
    task_status: status,
    task_status_msg: status === 'failed' ? task.failure : '',
    task_info: task.externalId === null ? {} : { external_task_id: task.externalId },
    created_at: task.createdAt,
    updated_at: Date.now(),
    ...(status === 'succeed'
      ? {
          task_result: presentResult(task, linkTo),
          final_unit_deduction:
            task.madeId === null ? String(billTask(task.path, task.body, task.makes.pictures)) : '0',
        }
      : {}),
  };
}

type LinkTo = (task: StoredTask, ending?: string) => string;

function presentResult(task: StoredTask, linkTo: LinkTo) {
  const { body, madeId } = task;
  if (task.path.startsWith('/v1/images/')) {
    const count = task.makes.pictures ?? body.n ?? 1;
    // In no order: each says which it is.
    const images = Array.from({ length: count }, (_, index) => ({ index, url: linkTo(task, 'png') })).reverse();
    return { result_type: 'single', images };
  }
  if (task.path.endsWith('/ai-multi-shot')) {
    const count = task.makes.pictures ?? 9;
    const images = [0, 1, 2].flatMap((index) => {
      const links = [1, 2, 3]
        .filter((nth) => index * 3 + nth <= count)
        .map((nth) => [`url_${nth}`, linkTo(task, 'png')]);
      return links.length === 0 ? [] : [{ index, ...Object.fromEntries(links) }];
    });
    return { images: images.reverse() };
  }
  if (madeId === null) return { videos: [{ id: `${task.id}1`, url: linkTo(task), duration: body.duration ?? '5' }] };
  if (task.path.endsWith('voices')) {
    const status = task.deleted ? 'deleted' : 'succeed';
    return {
      voices: [{ voice_id: madeId, voice_name: body.voice_name, trial_url: linkTo(task), owned_by: '4711', status }],
    };
  }
  return {
    elements: [
      {
        element_id: rawJson(madeId),
        element_name: body.element_name,
        element_description: body.element_description,
        reference_type: body.reference_type,
        element_image_list: body.element_image_list,
        element_video_list: body.element_video_list,
        ...(body.element_voice_id === undefined ? {} : { element_voice_info: { voice_id: body.element_voice_id } }),
        tag_list: (body.tag_list ?? []).map(({ tag_id }: { tag_id: string }) => ({ id: tag_id, name: tag_id })),
        owned_by: body.owned_by ?? '4711',
        status: task.deleted ? 'deleted' : 'succeed',
      },
    ],
  };
}
