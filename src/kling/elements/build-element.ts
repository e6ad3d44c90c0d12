import type { ElementDraft, ElementEngine, ElementOrder, EngineTools } from '../../engines/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { elementProduct, elementsPath } from '../api/endpoints.ts';
import { engineName } from '../config.ts';
import { atItsAccount, type Pool } from '../tasks/at-its-account.ts';
import { runKlingTask } from '../tasks/run-task.ts';
import { checkVoiceHolders } from '../voices/check-voice-holders.ts';
import { readElementId } from './provision-element.ts';
import { type ElementBodyTools, writeElementBody } from './write-element-body.ts';

/** Raised whenever the same sources would give other files. */
const engineVersion = '1';

/** Share of the way at which our own files are made and the upstream begins. */
const localShare = 0.6;

/**
 * Builds an element here, so that its checks, pictures and facts are ours whatever becomes of the account, and makes it
 * upstream from these files. Called again with the same `task_id` it makes our files anew and the element upstream only
 * if that hasn't happened. A dry run ends where something would be sent.
 */
export async function buildElement(
  pool: Pool,
  { localElements, media }: { localElements: ElementEngine; media: ElementBodyTools['media'] },
  order: ElementOrder,
  tools: EngineTools,
): Promise<ElementDraft> {
  if (order.task_id === undefined) throw new Error('an element is made at the Kling API by a server only');
  const draft = await localElements.buildElement(order, {
    signal: tools.signal,
    onProgress: (fraction, step) => tools.onProgress(localShare * fraction, step),
  });
  const manifest = { ...draft.manifest, engine: { name: engineName, version: engineVersion } };
  const material = {
    name: order.name ?? '',
    description: order.description ?? '',
    voice_id: order.voice_id ?? null,
    tags: order.tags ?? [],
    manifest,
    param: order.sources[0]?.param ?? 'model_params',
    fetchFile: async (name: string) => findPath(draft, name),
    workFolder: order.workFolder,
    ...(order.reference_type === 'image_refer' ? { originals: order.sources } : {}),
  };
  const bodyTools = {
    media,
    signal: tools.signal,
    ...(tools.publish === undefined ? {} : { publish: tools.publish.bind(tools) }),
  };
  if (order.dry_run) {
    // All that could be wrong with what would be sent, and no copy of it for others to fetch.
    await writeElementBody(material, { ...bodyTools, publish: async () => 'https://example.com/' });
    return { ...draft, manifest };
  }
  const route = {
    purpose: 'element' as const,
    subject: order.task_id,
    product: elementProduct,
    holdsSlot: false,
    units: 0,
    countMissing: async (session: KlingSession) => {
      await checkVoiceHolders(session, material.voice_id, material.param);
      return 0;
    },
    signal: tools.signal,
  };
  const done = await atItsAccount(pool, route, (session, stay) =>
    runKlingTask(session, {
      purpose: route.purpose,
      subject: route.subject,
      endpoint: elementsPath,
      product: elementProduct,
      owner: '',
      holdsSlot: false,
      writeBody: () => writeElementBody(material, bodyTools),
      signal: stay.signal,
      onProgress: (fraction, step) => tools.onProgress(localShare + (1 - localShare) * fraction, step),
      onIdle: tools.onIdle,
      candidates: stay.candidates,
    }),
  );
  const upstream = { credential: done.credential, upstream_element_id: readElementId(done) };
  return { ...draft, manifest, upstream };
}

function findPath({ files }: ElementDraft, name: string): string {
  const file = files.find((one) => one.name === name);
  if (file === undefined) throw new Error(`the draft has no file ${name}`);
  return file.path;
}
