import type { Desk } from './desk.ts';
import { findBinding, markUpstreamDeleted } from './element-queries.ts';
import { deleteUpstreamElement } from './manage-elements.ts';

/**
 * Deletes an element of ours upstream and then marks its binding: in this order a failure in between is mended by calling
 * again. One that was adopted stays upstream, where it was before us; only the binding ends.
 */
export async function deleteElementUpstream(
  { db, client, credential }: Pick<Desk, 'db' | 'client' | 'credential'>,
  elementId: string,
): Promise<void> {
  const binding = await findBinding(db, elementId, credential);
  if (binding === null) return;
  if (binding.origin !== 'adopted') await deleteUpstreamElement(client, binding.upstream_element_id);
  await markUpstreamDeleted(db, credential, binding.upstream_element_id);
}
