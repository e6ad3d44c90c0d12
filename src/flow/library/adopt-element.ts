import { type Actor, noteChange } from '../../audit/index.ts';
import { isConnectionLost, transaction } from '../../db/index.ts';
import { findElements, insertElement } from '../../elements/index.ts';
import type { ElementAdoption, EngineTools } from '../../engines/index.ts';
import { createRandomText } from '../../lib/random.ts';
import type { Context } from '../context.ts';
import { discardDraft, storeElement } from '../storage/store-drafts.ts';

/** An order to take an element that exists at the Kling API into an account's library. */
export interface Adoption {
  /** Who asks for it, for the audit line. */
  actor: Actor;
  account_id: number;
  upstream_element_id: string;
  /** Exists, and is fresh. */
  workFolder: string;
}

/** What came of an adoption. */
export interface Adopted {
  element_id: number;
  /** False when the account had it before: then nothing was done. */
  is_new: boolean;
}

/**
 * Takes an element that exists elsewhere into an account's library: its material is copied and measured here, and
 * in one transaction the element exists, is bound to its id there, and its audit line is written. Of several calls at once for the same account
 * and element one makes it, and all answer it. Charges nothing. Throws as
 * {@link ElementAdoption.adoptElement}.
 */
export async function adoptElement(
  { db, storage }: { db: Context['database']['db']; storage: Context['storage'] },
  elsewhere: ElementAdoption,
  { actor, account_id, upstream_element_id, workFolder }: Adoption,
  tools: EngineTools,
): Promise<Adopted> {
  const adoption = { account_id, upstream_element_id };
  const known = await findAdopted(db, elsewhere, adoption);
  if (known !== null) return { element_id: known, is_new: false };
  const { draft, facts } = await elsewhere.adoptElement(upstream_element_id, workFolder, tools);
  const stored = await storeElement(storage, draft);
  const { element_id: id, engine, manifest, files } = stored;
  const element = {
    id,
    account_id,
    engine,
    manifest,
    // No task made it; the column only has to be this element's own.
    task_id: `adopted-${createRandomText(16, '0123456789abcdef')}`,
    ...facts,
    tags: [...facts.tags],
    labels: [],
  };
  try {
    const isOurs = await transaction(db, async (tx) => {
      const isFirst = await elsewhere.recordAdopted(tx, {
        account_id,
        upstream_id: upstream_element_id,
        element_id: String(id),
      });
      if (!isFirst) return false;
      await insertElement(tx, element, files);
      await noteChange(tx, {
        actor,
        action: 'element.adopt',
        subject: `element:${id}`,
        account_id,
        details: { upstream_element_id },
      });
      return true;
    });
    if (isOurs) return { element_id: id, is_new: true };
  } catch (error) {
    // A commit that nobody answered may have happened: then the element needs its files, else the sweep takes them.
    if (!isConnectionLost(error)) await discardDraft(storage, stored);
    throw error;
  }
  await discardDraft(storage, stored);
  const winner = await findAdopted(db, elsewhere, adoption);
  if (winner === null) throw new Error('it was taken over and deleted again at the same moment; nothing was done');
  return { element_id: winner, is_new: false };
}

/** The account's element that leads to the upstream's, or null. One that was deleted here alone no longer stands for it. */
async function findAdopted(
  db: Context['database']['db'],
  elsewhere: ElementAdoption,
  { account_id, upstream_element_id }: Pick<Adoption, 'account_id' | 'upstream_element_id'>,
): Promise<number | null> {
  const bound = await elsewhere.listAdopted(db, upstream_element_id);
  const known = await findElements(db, account_id, bound.map(Number));
  for (const { id, deleted_at } of known) if (deleted_at !== null) await elsewhere.forgetAdopted(db, String(id));
  return known.find(({ deleted_at }) => deleted_at === null)?.id ?? null;
}
