import type { AuthenticatedKey } from '../../accounts/index.ts';
import { type Element, elementNotFound, findElement, findElementFile } from '../../elements/index.ts';
import { anglesModel } from '../../models/index.ts';
import { findTask, type Task, taskNotFound } from '../../tasks/index.ts';
import { type Accepted, accept } from '../accept.ts';
import { readRequestOfKind } from '../accepted-request.ts';
import type { Context } from '../context.ts';
import { picturesGone } from '../errors.ts';
import { anglesNotReady, noSuchSet } from './errors.ts';

/** Which of the sets is to be the further views of a new element, and what is to differ from the first one. */
interface AngleChoice {
  caller: AuthenticatedKey;
  elementId: number;
  /** Of the task that made the sets. */
  taskId: string;
  set: number;
  element_name?: string | undefined;
  element_description?: string | undefined;
  callback_url?: string | undefined;
  dry_run?: boolean | undefined;
  idempotencyKey: string | null;
}

/**
 * Accepts a request for an element of the frontal picture of one and of a set of its angles, by the rules and for the price of any
 * other. Name, description and tags are those of the first one unless others are given. The pictures are copied: what becomes of
 * the first element and of the links doesn't matter to it. Throws as `accept` does; 404 `element_not_found`, and `task_not_found`
 * also for a task that made no angles of this element; 404 `file_not_found` while they aren't made; 410 `link_expired` when their time is
 * over; 400 `invalid_request` for a set that there isn't.
 */
export async function chooseAngles(context: Context, choice: AngleChoice): Promise<Accepted> {
  const { caller, elementId, taskId, set, callback_url, dry_run, idempotencyKey } = choice;
  const { db } = context.database;
  const element = await findElement(db, caller.account_id, elementId);
  if (element === null) throw elementNotFound();
  const task = await findTask(db, caller.account_id, taskId);
  if (task === null || !showsElement(task, elementId)) throw taskNotFound();
  if (task.status !== 'completed' || task.dry_run) throw anglesNotReady(task.dry_run ? 'a dry run' : task.status);
  const stored = new Map<string, string>();
  const name = (key: string) => {
    stored.set(`stored:${key}`, key);
    return `stored:${key}`;
  };
  const element_image_list = {
    frontal_image: name(await findFrontal(context, element)),
    refer_images: listViews(task, set).map((key) => ({ image_url: name(key) })),
  };
  const body = {
    model: 'kling-custom-element',
    model_params: {
      element_name: choice.element_name ?? element.name,
      element_description: choice.element_description ?? element.description,
      reference_type: 'image_refer',
      element_image_list,
      ...(element.tags.length === 0 ? {} : { tag_list: element.tags.map((tag_id) => ({ tag_id })) }),
    },
    ...(callback_url === undefined ? {} : { callback_url }),
    ...(dry_run === undefined ? {} : { dry_run }),
  };
  return await accept(context, { caller, body, idempotencyKey, stored });
}

function showsElement(task: Task, elementId: number): boolean {
  if (task.model !== anglesModel) return false;
  return readRequestOfKind(task, 'image').elements.some(({ element_id }) => Number(element_id) === elementId);
}

/** Where the picture lies that the angles were made of. */
async function findFrontal({ database }: Context, { id, manifest }: Element): Promise<string> {
  const file = manifest.frontal_image === null ? null : await findElementFile(database.db, id, manifest.frontal_image);
  if (file === null) throw picturesGone();
  return file.storage_key;
}

/** Where the pictures of a set lie. */
function listViews({ results, result_data }: Task, set: number): string[] {
  const { images = [] } = (result_data ?? {}) as { images?: readonly { set?: number }[] };
  const keys = (results ?? []).filter((_, at) => images[at]?.set === set);
  if (keys.length === 0) throw noSuchSet(set, [...new Set(images.flatMap((image) => image.set ?? []))]);
  return keys;
}
