import type { ElementAdoption, ElementEngine } from '../../engines/index.ts';
import type { Network } from '../../lib/safe-fetch/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { engineName } from '../config.ts';
import { bindAdopted, endBinding, listElementsBoundTo } from './binding-queries.ts';
import { downloadKlingElement, readKlingElement } from './kling-elements.ts';

/** Elements of the Kling account, or of the vendor, as what can be taken over. */
export function createAdoption(
  { client, credential }: Pick<KlingSession, 'client' | 'credential'>,
  { localElements, download }: { localElements: ElementEngine; download: Network['download'] },
): ElementAdoption {
  return {
    async adoptElement(upstreamId, workFolder, tools) {
      const element = await readKlingElement(client, upstreamId);
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
    listAdopted: (db, upstreamId) => listElementsBoundTo(db, credential, upstreamId),
    recordAdopted: (tx, { account_id, upstream_id: upstream_element_id, element_id }) =>
      bindAdopted(tx, { account_id, upstream_element_id, element_id, credential }),
    forgetAdopted: (db, elementId) => endBinding(db, credential, elementId),
  };
}
