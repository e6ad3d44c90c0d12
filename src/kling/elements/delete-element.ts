import type { KlingSession } from '../account/session.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { endedBeforeSent, klingAway, toFailure } from '../errors.ts';
import { failWaiting, markUnwanted } from '../tasks/unwanted-queries.ts';
import { endBinding, findBinding, markDeletedAtKling } from './binding-queries.ts';
import { deleteKlingElement } from './manage-elements.ts';

type Parts = Pick<KlingSession, 'db' | 'client' | 'credential' | 'log'>;

/**
 * Deletes an element of ours upstream and then marks its binding: in this order a failure in between is mended by calling
 * again. One that was adopted stays upstream, where it was before us; only the binding ends. One that is just being made
 * there is deleted by {@link removeUnwanted} when it is. Throws 503 `service_unavailable` while the upstream can't be
 * asked. What it refuses for good is logged and left there: its owner must not be kept from deleting it here.
 */
export async function deleteElementAtKling(parts: Parts, elementId: string): Promise<void> {
  const { db, credential } = parts;
  const binding = await findBinding(db, elementId, credential);
  if (binding === null) {
    const provision = { purpose: 'provision', subject: elementId, credential } as const;
    await failWaiting(db, provision, toFailure(endedBeforeSent()));
    return await markUnwanted(db, provision);
  }
  if (binding.origin === 'adopted') return await endBinding(db, credential, elementId);
  await deleteBindings(parts, binding.upstream_element_id);
}

/** Deletes an element upstream and marks every binding that leads to it. Throws as {@link deleteElementAtKling}. */
export async function deleteBindings({ db, client, credential, log }: Parts, upstreamElementId: string): Promise<void> {
  try {
    await deleteKlingElement(client, upstreamElementId);
  } catch (error) {
    if (!(error instanceof KlingRefusal)) throw error instanceof KlingNoAnswer ? klingAway(error) : error;
    if (error.kind !== 'caller') throw klingAway(error);
    log.error(
      { upstream_element_id: upstreamElementId, upstream_message: error.upstreamMessage, reason: error.message },
      'the Kling API refuses to delete an element that is deleted here',
    );
  }
  await markDeletedAtKling(db, credential, upstreamElementId);
}
