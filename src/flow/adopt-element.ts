import type { Context } from '../context.ts';
import { transaction } from '../db/index.ts';
import { findElements, insertElement } from '../elements/index.ts';
import { bindElement, type EngineTools, type Kling, listElementsBoundTo } from '../engines/index.ts';
import { createRandomText } from '../lib/random.ts';
import { discardDraft, storeElement } from './store-drafts.ts';

export interface Adoption {
  account_id: number;
  upstream_element_id: string;
  /** Exists, and is fresh. */
  workFolder: string;
}

export interface Adopted {
  element_id: number;
  /** False when the account had it before: then nothing was done. */
  is_new: boolean;
}

/**
 * Takes an element that exists at the Kling API into an account's library: its material is copied and measured here, and
 * in one transaction the element exists and is bound to its upstream id. Charges nothing. Throws 404 `resource_not_found`
 * when the Kling account has no such element, and what building an element throws.
 */
export async function adoptElement(
  { db, storage }: { db: Context['database']['db']; storage: Context['storage'] },
  kling: Pick<Kling, 'adoptElement' | 'credential'>,
  { account_id, upstream_element_id, workFolder }: Adoption,
  tools: EngineTools,
): Promise<Adopted> {
  const { credential } = kling;
  const bound = await listElementsBoundTo(db, credential, upstream_element_id);
  const known = await findElements(db, account_id, bound.map(Number));
  const [own] = known.filter(({ deleted_at }) => deleted_at === null);
  if (own !== undefined) return { element_id: own.id, is_new: false };
  const { draft, upstream } = await kling.adoptElement(upstream_element_id, workFolder, tools);
  const stored = await storeElement(storage, draft);
  const { element_id: id, engine, manifest, files } = stored;
  const element = {
    ...{ id, account_id, engine, manifest },
    // No task made it; the column only has to be this element's own.
    task_id: `adopted-${createRandomText(16, '0123456789abcdef')}`,
    name: upstream.element_name,
    description: upstream.element_description,
    reference_type: upstream.reference_type,
    voice_id: upstream.voice_id,
  };
  try {
    await transaction(db, async (tx) => {
      await insertElement(tx, element, files);
      await bindElement(tx, { element_id: String(id), upstream_element_id, credential, origin: 'adopted' });
    });
    return { element_id: id, is_new: true };
  } catch (error) {
    await discardDraft(storage, stored);
    throw error;
  }
}
