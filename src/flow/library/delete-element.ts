import { elementNotFound, findElement, deleteElement as markDeleted } from '../../elements/index.ts';
import type { Context } from '../context.ts';

/**
 * Deletes an element of the account: first wherever else it exists, so that nothing stays there that nobody can name any
 * more, then here. Videos made of it stay. Throws 404 `element_not_found`, and what an engine throws whose service
 * can't be reached: then nothing is deleted here, and the request may be repeated.
 */
export async function deleteElement(context: Context, accountId: number, elementId: number): Promise<void> {
  const { db } = context.database;
  if ((await findElement(db, accountId, elementId)) === null) throw elementNotFound();
  await context.engines.forgetElement(db, String(elementId));
  if (!(await markDeleted(db, accountId, elementId))) throw elementNotFound();
}
