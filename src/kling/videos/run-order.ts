import type { VideoOrder, VideoTools } from '../../engines/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { forgetLostElements } from '../elements/forget-lost-elements.ts';
import type { ElementBodyTools } from '../elements/write-element-body.ts';
import { atItsAccount, findItsAccount, type Pool, type Stay } from '../tasks/at-its-account.ts';
import { MovedElsewhere } from '../tasks/follow-task.ts';
import type { KlingTask } from '../tasks/queries.ts';
import { resumeKlingTask, runKlingTask } from '../tasks/run-task.ts';
import type { KlingOrder } from '../tasks/send-task.ts';
import { provisionCast } from './provision-cast.ts';

/** One thing to be made with a cast, whatever it is. */
interface Making<Files> extends Pick<KlingOrder, 'endpoint' | 'product'> {
  slots: number;
  expectedUnits: number;
  media: ElementBodyTools['media'];
  /** As of an account's route. */
  countMissing(session: KlingSession): Promise<number>;
  /** The part of a body's material that is the same for every account. */
  readFiles(): Promise<Files>;
  /** The body of the create. Called when there is a slot for it. */
  write(session: KlingSession, files: Files, elementIds: readonly string[]): Promise<Record<string, unknown>>;
}

/** The order of a video or of pictures. */
type CastOrder = Pick<VideoOrder, 'task_id' | 'account_id' | 'cast' | 'workFolder'>;

/**
 * Has it made upstream at one of the accounts, and fetches it; an element that was deleted there is made anew, once. May be ended at any moment and
 * called again with the same `task_id`: it goes on from what the database knows.
 */
export async function runOrder<Files, Draft>(
  pool: Pool,
  order: CastOrder,
  making: Making<Files>,
  tools: VideoTools,
  fetch: (session: KlingSession, done: KlingTask) => Promise<Draft>,
): Promise<Draft> {
  const route = {
    purpose: 'video' as const,
    subject: order.task_id,
    product: making.product,
    holdsSlot: true,
    units: making.expectedUnits,
    countMissing: making.countMissing,
    signal: tools.signal,
  };
  let files: Promise<Files> | undefined;
  const readOnce = () => {
    files ??= making.readFiles();
    return files;
  };
  return await atItsAccount(pool, route, async (session, stay) => {
    const own = { ...tools, signal: stay.signal };
    const done = await runAt(session, stay, order, { ...making, readFiles: readOnce }, own);
    tools.onProgress(0.9, 'fetching');
    return await fetch(session, done);
  });
}

async function runAt<Files>(
  session: KlingSession,
  stay: Stay,
  order: CastOrder,
  { media, readFiles, write, countMissing: _, ...making }: Making<Files>,
  tools: VideoTools,
): Promise<KlingTask> {
  const { task_id, account_id, cast } = order;
  let ready: Promise<readonly string[]> | undefined;
  let elementIds: readonly string[] = [];
  const prepare = async () => {
    const files = await readFiles();
    ready ??= provisionCast(session, order, media, tools, stay);
    elementIds = await ready;
    return files;
  };
  let isMended = false;
  return await runKlingTask(session, {
    ...making,
    async mend() {
      if (isMended || cast.length === 0) return false;
      isMended = true;
      const isLost = await forgetLostElements(session, cast, tools.signal);
      if (isLost) ready = undefined;
      return isLost;
    },
    explain: (said) => nameOwnElements(said, cast, elementIds),
    purpose: 'video',
    subject: task_id,
    owner: String(account_id ?? ''),
    holdsSlot: true,
    async prepare() {
      await prepare();
    },
    writeBody: async () => await write(session, await prepare(), elementIds),
    signal: tools.signal,
    onProgress: tools.onProgress,
    onIdle: tools.onIdle,
    candidates: stay.candidates,
  });
}

/**
 * Fetches what an earlier call has sent, when that was so: neither its sources nor its elements matter any more, for it may be
 * paid for. Null when it has to be made.
 */
export async function resumeOrder<Draft>(
  pool: Pool,
  taskId: string,
  { signal, onProgress, onIdle }: Pick<VideoTools, 'signal' | 'onProgress' | 'onIdle'>,
  fetch: (session: KlingSession, done: KlingTask) => Promise<Draft>,
): Promise<Draft | null> {
  for (;;) {
    const session = await findItsAccount(pool, { purpose: 'video', subject: taskId });
    if (session === null) return null;
    try {
      await session.opened();
      const done = await resumeKlingTask(session, taskId, { signal, onProgress, onIdle });
      if (done === null) return null;
      onProgress(0.9, 'fetching');
      return await fetch(session, done);
    } catch (error) {
      if (!(error instanceof MovedElsewhere)) throw error;
    }
  }
}

/** An id of the upstream's is one that the caller has never seen. */
function nameOwnElements(said: string, cast: VideoOrder['cast'], elementIds: readonly string[]): string {
  return elementIds.reduce((text, id, at) => text.replaceAll(id, cast[at]?.element_id ?? id), said);
}
