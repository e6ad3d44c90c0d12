import { join } from 'node:path';
import { findElementFile } from '../../elements/index.ts';
import type { CastElement, CastFacts, VideoOrder } from '../../engines/index.ts';
import type { AcceptedVideo } from '../accepted-request.ts';
import type { Context } from '../context.ts';
import { findCast } from '../find-cast.ts';
import type { Work } from './attempt.ts';
import { elementGone } from './errors.ts';

/** What every order of an engine has, whatever is to be made: whose it is, and its elements as they are now. */
export async function openOrder(
  { context, task, workFolder }: Work,
  elements: AcceptedVideo['elements'],
): Promise<Pick<VideoOrder, 'task_id' | 'account_id' | 'cast' | 'workFolder'>> {
  const cast = await findCast(context.database.db, task.account_id, elements).catch((error) => {
    throw elementGone(error);
  });
  return {
    task_id: task.id,
    account_id: task.account_id,
    cast: cast.map((facts) => openElement(context, facts, workFolder)),
    workFolder,
  };
}

function openElement({ database: { db }, storage }: Context, facts: CastFacts, workFolder: string): CastElement {
  const fetched = new Map<string, Promise<string>>();
  async function fetch(name: string): Promise<string> {
    const path = join(workFolder, `${facts.element_id}-${name}`);
    // The record of a file that was replaced meanwhile stays as long as this task runs.
    const file = await findElementFile(db, Number(facts.element_id), name);
    // The next attempt finds out what became of the element.
    if (file === null) throw new Error(`element ${facts.element_id} has no record of its file ${name}`);
    await storage.copyTo(file.storage_key, path);
    return path;
  }
  return {
    ...facts,
    fetchFile(name) {
      const known = fetched.get(name) ?? fetch(name);
      fetched.set(name, known);
      return known;
    },
  };
}
