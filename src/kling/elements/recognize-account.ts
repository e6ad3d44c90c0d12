import type { KlingSession } from '../account/kling-session.ts';
import { readTaskAnswer } from '../api/read-answer.ts';
import { KlingRefusal } from '../api/refusal.ts';
import { endBinding } from './binding-queries.ts';
import { listCopies, listMadeTasks, listOtherNames, type MadeTask, renameAccount } from './identity-queries.ts';
import { deleteKlingElement } from './kling-elements.ts';

type Parts = Pick<KlingSession, 'db' | 'client' | 'credential' | 'log'>;

/** Names that are asked about, and tasks of each: a handful of free calls. */
const namesMax = 5;
const tasksMax = 3;

/**
 * An account is told by what it answers, not by its key: where the key of now finds what was made under another name, that was this
 * account, and all that is remembered under the name goes by the one of now. A second copy of an element, which was made since the
 * key was replaced, is deleted upstream. Of names that it doesn't find anything of a warning says what is out of reach.
 *
 * Throws as {@link KlingClient.call} does; what was not done then is done by the next call.
 */
export async function recognizeAccount(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, credential, log } = parts;
  for (const { credential: name, elements } of await listOtherNames(db, credential, namesMax)) {
    if (await knowsAny(parts, await listMadeTasks(db, name, tasksMax), signal)) {
      await removeCopies(parts, name);
      await renameAccount(db, name, credential);
      log.info({ credential, name }, 'the Kling account is one that was used before with another key or name');
    } else if (elements > 0) {
      log.warn(
        { credential, name, elements },
        'elements are at another Kling account than the one of the settings: who deletes them here leaves them there until its key is back',
      );
    }
  }
}

/** Before the name is given up, by which they are found. */
async function removeCopies({ db, client, credential, log }: Parts, name: string): Promise<void> {
  for (const { element_id, upstream_element_id, origin } of await listCopies(db, name, credential)) {
    if (origin !== 'adopted') await deleteKlingElement(client, upstream_element_id);
    await endBinding(db, name, element_id);
    log.info({ element_id, upstream_element_id }, 'deleted the older copy of an element at the Kling API');
  }
}

async function knowsAny({ client }: Parts, tasks: readonly MadeTask[], signal: AbortSignal): Promise<boolean> {
  for (const { endpoint, upstream_task_id, external_task_id } of tasks) {
    try {
      const { data } = await client.call(`${endpoint}/${encodeURIComponent(upstream_task_id)}`, { signal });
      // The id that we gave it as well: the upstream's own may be one in each of its regions.
      if (readTaskAnswer(data)?.external_task_id === external_task_id) return true;
    } catch (error) {
      if (!(error instanceof KlingRefusal) || error.kind !== 'caller') throw error;
    }
  }
  return false;
}
