import { elementNotFound, findElement, listElementUses } from '../../elements/index.ts';
import { listTasksByIds, type Task } from '../../tasks/index.ts';
import type { Context } from '../context.ts';

/**
 * At most `limit` tasks that named the element, newest first, after the task `after` where it's given. Throws 404
 * `element_not_found`.
 */
export async function listUses(
  { database: { db } }: Pick<Context, 'database'>,
  accountId: number | null,
  elementId: number,
  { limit, after }: { limit: number; after?: string },
): Promise<Task[]> {
  if ((await findElement(db, accountId, elementId)) === null) throw elementNotFound();
  const ids = await listElementUses(db, elementId, limit, after);
  const found = new Map((await listTasksByIds(db, ids)).map((task) => [task.id, task]));
  return ids.flatMap((id) => found.get(id) ?? []);
}
