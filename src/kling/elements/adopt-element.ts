import type { ElementAdoption, ElementEngine } from '../../engines/index.ts';
import { AppError } from '../../lib/errors.ts';
import type { Network } from '../../lib/safe-fetch/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import type { KlingElement } from '../api/read-answer.ts';
import { engineName } from '../config.ts';
import { bindAdopted, endBinding, listElementsBoundTo } from './binding-queries.ts';
import { downloadKlingElement, readKlingElement } from './kling-elements.ts';

/** Elements of the Kling accounts, or of the vendor, as what can be taken over; of several accounts that know one the first. */
export function createAdoption(
  pool: readonly Pick<KlingSession, 'client' | 'credential'>[],
  { localElements, download }: { localElements: ElementEngine; download: Network['download'] },
): ElementAdoption {
  /** Who was found to have which. */
  const holders = new Map<string, string>();
  const credentials = pool.map(({ credential }) => credential);
  return {
    async adoptElement(upstreamId, workFolder, tools) {
      const { element, credential } = await findElement(pool, upstreamId);
      holders.set(upstreamId, credential);
      const sources = await downloadKlingElement(element, workFolder, download, tools.signal);
      const { reference_type, voice_id, tags } = element;
      const built = await localElements.buildElement({ reference_type, sources, workFolder }, tools);
      return {
        facts: { name: element.element_name, description: element.element_description, reference_type, voice_id, tags },
        draft: {
          ...built,
          manifest: { ...built.manifest, engine: { ...built.manifest.engine, name: engineName } },
          upstream: { credential, upstream_element_id: upstreamId },
        },
      };
    },
    async listAdopted(db, upstreamId) {
      const bound: string[] = [];
      for (const credential of credentials) bound.push(...(await listElementsBoundTo(db, credential, upstreamId)));
      return bound;
    },
    async recordAdopted(tx, { account_id, upstream_id: upstream_element_id, element_id }) {
      const credential = holders.get(upstream_element_id);
      if (credential === undefined) throw new Error('an element is recorded that was not taken over here');
      return await bindAdopted(tx, { account_id, upstream_element_id, element_id, credential });
    },
    async forgetAdopted(db, elementId) {
      for (const credential of credentials) await endBinding(db, credential, elementId);
    },
  };
}

/** Throws 404 `resource_not_found` when none of the accounts has it, and what kept one from being asked when none of the others has. */
async function findElement(
  pool: readonly Pick<KlingSession, 'client' | 'credential'>[],
  upstreamId: string,
): Promise<{ element: KlingElement; credential: string }> {
  const failures: unknown[] = [];
  for (const { client, credential } of pool) {
    try {
      return { element: await readKlingElement(client, upstreamId), credential };
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures.find((error) => !(error instanceof AppError)) ?? failures[0];
}
