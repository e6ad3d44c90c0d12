import type { Context } from '../context.ts';
import { transaction } from '../db/index.ts';
import { findElements, insertElement } from '../elements/index.ts';
import { bindAdopted, type EngineTools, endBinding, type Kling, listElementsBoundTo } from '../engines/index.ts';
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
 * in one transaction the element exists and is bound to its upstream id. Of several calls at once for the same account
 * and element one makes it, and all answer it. Charges nothing. Throws 404 `resource_not_found`
 * when the Kling account has no such element, and what building an element throws.
 */
export async function adoptElement(
  { db, storage }: { db: Context['database']['db']; storage: Context['storage'] },
  kling: Pick<Kling, 'adoptElement' | 'credential'>,
  { account_id, upstream_element_id, workFolder }: Adoption,
  tools: EngineTools,
): Promise<Adopted> {
  const { credential } = kling;
  const adoption = { account_id, upstream_element_id, credential };
  const known = await findAdopted(db, adoption);
  if (known !== null) return { element_id: known, is_new: false };
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
    tags: [...upstream.tags],
  };
  try {
    const isOurs = await transaction(db, async (tx) => {
      const isFirst = await bindAdopted(tx, { ...adoption, element_id: String(id) });
      if (isFirst) await insertElement(tx, element, files);
      return isFirst;
    });
    if (isOurs) return { element_id: id, is_new: true };
  } catch (error) {
    await discardDraft(storage, stored);
    throw error;
  }
  await discardDraft(storage, stored);
  const winner = await findAdopted(db, adoption);
  if (winner === null) throw new Error('it was taken over and deleted again at the same moment; nothing was done');
  return { element_id: winner, is_new: false };
}

/** The account's element that leads to the upstream's, or null. One that was deleted here alone no longer stands for it. */
async function findAdopted(
  db: Context['database']['db'],
  {
    account_id,
    upstream_element_id,
    credential,
  }: Pick<Adoption, 'account_id' | 'upstream_element_id'> & { credential: string },
): Promise<number | null> {
  const bound = await listElementsBoundTo(db, credential, upstream_element_id);
  const known = await findElements(db, account_id, bound.map(Number));
  for (const { id, deleted_at } of known) if (deleted_at !== null) await endBinding(db, credential, String(id));
  return known.find(({ deleted_at }) => deleted_at === null)?.id ?? null;
}
