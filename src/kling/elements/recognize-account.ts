import type { KlingSession } from '../account/kling-session.ts';
import { countLost } from '../account/report-queries.ts';
import { readTaskAnswer } from '../api/read-answer.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { endBinding } from './binding-queries.ts';
import { listCopies, listMadeTasks, listOtherNames, type MadeTask, renameAccount } from './identity-queries.ts';
import { deleteKlingElement } from './kling-elements.ts';

type Parts = Pick<KlingSession, 'db' | 'client' | 'credential' | 'log' | 'peers'>;

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
  const { db, credential, log, peers } = parts;
  await warnOfTwins(parts, signal);
  const named = peers.map((peer) => peer.credential);
  for (const { credential: name, elements } of await listOtherNames(db, named, namesMax)) {
    const made = await listMadeTasks(db, name, tasksMax);
    if (await knowsAny(parts, made, signal)) {
      await removeCopies(parts, name);
      await renameAccount(db, name, credential);
      log.info({ credential, name }, 'the Kling account is one that was used before with another key or name');
    } else if (elements > 0 && peers[0]?.credential === credential && !(await isAnothers(parts, made, signal))) {
      log.warn(
        { credential, name, elements },
        'elements are at another Kling account than the one of the settings: who deletes them here leaves them there until its key is back',
      );
    }
  }
  await warnOfLost(parts);
}

/** What is in work where no key of the settings leads is held: its operator should know before its time is over. */
async function warnOfLost({ db, credential, log, peers }: Parts): Promise<void> {
  if (peers[0]?.credential !== credential) return;
  const names = peers.map((peer) => peer.credential);
  const tasks = await countLost(db, names);
  if (tasks === 0) return;
  log.warn(
    { tasks },
    'tasks are in work at a Kling account that the settings do not name: they are looked for, sent nowhere else, and held until its key is back',
  );
}

/** Whether another account of the settings has it, or may have: that one says so itself. */
async function isAnothers(
  { credential, peers }: Pick<Parts, 'credential' | 'peers'>,
  made: readonly MadeTask[],
  signal: AbortSignal,
): Promise<boolean> {
  for (const peer of peers) {
    if (peer.credential === credential) continue;
    try {
      if (await knowsAny(peer, made, signal)) return true;
    } catch (error) {
      if (error instanceof KlingRefusal || error instanceof KlingNoAnswer) return true;
      throw error;
    }
  }
  return false;
}

/** Two keys of one account are one account: as two its slots would be counted twice, and its elements be made twice. */
async function warnOfTwins(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, credential, log, peers } = parts;
  for (const peer of peers) {
    if (peer.credential === credential) continue;
    if (!(await knowsAny(parts, await listMadeTasks(db, peer.credential, tasksMax), signal))) continue;
    log.error(
      { credential, twin: peer.credential, name: peer.name },
      'two entries of the settings are keys of the same Kling account: take one of them out',
    );
  }
}

/** Before the name is given up, by which they are found. */
async function removeCopies({ db, client, credential, log }: Omit<Parts, 'peers'>, name: string): Promise<void> {
  for (const { element_id, upstream_element_id, origin } of await listCopies(db, name, credential)) {
    if (origin !== 'adopted') await deleteKlingElement(client, upstream_element_id);
    await endBinding(db, name, element_id);
    log.info({ element_id, upstream_element_id }, 'deleted the older copy of an element at the Kling API');
  }
}

async function knowsAny(
  { client }: Pick<Parts, 'client'>,
  tasks: readonly MadeTask[],
  signal: AbortSignal,
): Promise<boolean> {
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
