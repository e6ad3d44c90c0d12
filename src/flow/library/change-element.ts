import { transaction } from '../../db/index.ts';
import {
  changeElement as change,
  type Element,
  type ElementChange,
  elementNotFound,
  findElement,
} from '../../elements/index.ts';
import type { Context } from '../context.ts';

/**
 * Changes the name, the description or the tags of an element of the account and returns it as it is then. Its id, its
 * pictures and what was made of it stay. Throws 404 `element_not_found`.
 */
export async function changeElement(
  { database }: Pick<Context, 'database'>,
  accountId: number,
  elementId: number,
  fields: ElementChange,
): Promise<Element> {
  return await transaction(database.db, async (tx) => {
    if (!(await change(tx, accountId, elementId, fields))) throw elementNotFound();
    const element = await findElement(tx, accountId, elementId);
    if (element === null) throw elementNotFound();
    return element;
  });
}
