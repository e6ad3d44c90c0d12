import type { Desk } from './desk.ts';
import { endBinding, findBinding, markUpstreamDeleted } from './element-queries.ts';
import { klingAway } from './errors.ts';
import { deleteUpstreamElement } from './manage-elements.ts';
import { KlingRefusal, KlingSilence } from './refusal.ts';

type Parts = Pick<Desk, 'db' | 'client' | 'credential' | 'log'>;

/**
 * Deletes an element of ours upstream and then marks its binding: in this order a failure in between is mended by calling
 * again. One that was adopted stays upstream, where it was before us; only the binding ends. Throws 503
 * `service_unavailable` while the upstream can't be asked. What it refuses for good is logged and left there: its owner
 * must not be kept from deleting it here.
 */
export async function deleteElementUpstream({ db, client, credential, log }: Parts, elementId: string): Promise<void> {
  const binding = await findBinding(db, elementId, credential);
  if (binding === null) return;
  const { upstream_element_id, origin } = binding;
  if (origin === 'adopted') return await endBinding(db, credential, elementId);
  try {
    await deleteUpstreamElement(client, upstream_element_id);
  } catch (error) {
    if (!(error instanceof KlingRefusal)) throw error instanceof KlingSilence ? klingAway(error) : error;
    if (error.kind !== 'caller') throw klingAway(error);
    log.error(
      { element_id: elementId, upstream_element_id, upstream_message: error.upstreamMessage, reason: error.message },
      'the Kling API refuses to delete an element that is deleted here',
    );
  }
  await markUpstreamDeleted(db, credential, upstream_element_id);
}
