import type { CastElement } from '../../engines/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { findKlingElementId, markDeletedAtKling } from './binding-queries.ts';
import { listKlingElements } from './kling-elements.ts';

/**
 * Forgets how those of the elements are called upstream that are there no longer, since somebody deleted them in the vendor's
 * console: the next video that needs them has them made anew from our files. The API finds elements only by the task that made
 * them, so its lists are gone through, which costs nothing. Answers whether there were any; false while the upstream can't be asked.
 */
export async function forgetLostElements(
  { db, client, credential, log }: KlingSession,
  cast: readonly Pick<CastElement, 'element_id'>[],
  signal: AbortSignal,
): Promise<boolean> {
  const sought = new Map<string, string>();
  for (const { element_id } of cast) {
    const id = await findKlingElementId(db, element_id, credential);
    if (id !== null) sought.set(id, element_id);
  }
  try {
    for (const whose of ['own', 'presets'] as const) {
      for await (const { element_id, deleted } of listKlingElements(client, whose)) {
        signal.throwIfAborted();
        if (!deleted) sought.delete(element_id);
        if (sought.size === 0) return false;
      }
    }
  } catch (error) {
    if (error instanceof KlingRefusal || error instanceof KlingNoAnswer) return false;
    throw error;
  }
  for (const [upstream_element_id, element_id] of sought) {
    await markDeletedAtKling(db, credential, upstream_element_id);
    log.warn({ element_id, upstream_element_id }, 'an element was deleted at the Kling API; it is made there anew');
  }
  return sought.size > 0;
}
