import type { CastElement, VideoTools } from '../../engines/index.ts';
import { AppError } from '../../lib/errors.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { elementProduct, elementsPath } from '../api/endpoints.ts';
import { readWholeAnswer } from '../api/read-answer.ts';
import { blameField, noResult } from '../errors.ts';
import type { KlingTask } from '../tasks/queries.ts';
import { runKlingTask } from '../tasks/run-task.ts';
import type { KlingOrder } from '../tasks/send-task.ts';
import { bindElement, findKlingElementId } from './binding-queries.ts';
import { type ElementBodyTools, writeElementBody } from './write-element-body.ts';

export type ProvisionTools = ElementBodyTools &
  Pick<VideoTools, 'publish' | 'withdraw' | 'onProgress'> &
  Pick<KlingOrder, 'reconsider'>;

/**
 * The id under which this account knows an element of ours. One that it doesn't know yet is made there from our files,
 * once, however many videos need it at the same moment in however many processes: the row of its upstream task is the
 * lock. Throws what the upstream had against it, as a fault of the field that named the element.
 */
export async function provisionElement(
  session: KlingSession,
  element: CastElement,
  workFolder: string,
  tools: ProvisionTools,
): Promise<string> {
  const { element_id, param, name, description, voice_id, tags, manifest } = element;
  const known = await findKlingElementId(session.db, element_id, session.credential);
  if (known !== null) return known;
  const material = {
    name,
    description,
    voice_id,
    tags,
    manifest,
    param,
    workFolder,
    fetchFile: element.fetchFile.bind(element),
  };
  try {
    const done = await runKlingTask(session, {
      purpose: 'provision',
      subject: element_id,
      endpoint: elementsPath,
      product: elementProduct,
      owner: '',
      holdsSlot: false,
      writeBody: (externalTaskId) => writeElementBody(material, publishUntil(externalTaskId, tools)),
      signal: tools.signal,
      reconsider: tools.reconsider,
      // Of its own way only why the video waits: the rest is a part of the video's.
      onProgress: (_, step) => void (step !== 'generating' && tools.onProgress(0.05, step)),
    });
    const upstream_element_id = readElementId(done);
    await bindElement(session.db, {
      element_id,
      upstream_element_id,
      credential: session.credential,
      origin: 'provisioned',
    });
    await tools.withdraw(done.external_task_id);
    return upstream_element_id;
  } catch (error) {
    throw error instanceof AppError && error.param === undefined ? blameField(param, error) : error;
  }
}

/** The video that happens to send it may be cancelled, and others still wait for the element: its copy isn't that video's. */
function publishUntil(externalTaskId: string, tools: ProvisionTools): ElementBodyTools {
  return { ...tools, publish: (path, mediaType) => tools.publish(path, mediaType, externalTaskId) };
}

/** The id of the element that a finished element task has made. */
export function readElementId(done: KlingTask): string {
  const id = readWholeAnswer(done.last_answer)?.elements[0]?.element_id;
  if (id === undefined) throw noResult('an element');
  return id;
}
