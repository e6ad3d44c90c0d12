import type { Body } from './check-body.ts';
import { type MadeVideo, Refusal, type TaskFault } from './faults.ts';

export interface StoredTask {
  id: string;
  externalId: string | null;
  path: string;
  body: Body;
  createdAt: number;
  /** Milliseconds of the monotonic clock. */
  startsAt: number;
  endsAt: number;
  failure: string | null;
  /** Of an element or voice task. */
  madeId: string | null;
  deleted: boolean;
  /** Queries that are yet to find it done without a result. */
  emptyQueries: number;
  /** Queries that are yet to miss it. */
  unseenQueries: number;
  /** How a finished video differs from what was asked for. */
  makes: Partial<MadeVideo>;
}

export type TaskStatus = 'submitted' | 'processing' | 'succeed' | 'failed';

/** Tasks of one account. External ids are unique; videos hold slots until they end. */
export function createTaskStore(options: { parallelMax: number; taskMs: number; idOffset?: bigint }) {
  const tasks = new Map<string, StoredTask>();
  const byExternalId = new Map<string, StoredTask>();
  let nextId = 893_605_946_402_811_985n + (options.idOffset ?? 0n);
  let nextMadeId = 829_836_802_793_406_551n + (options.idOffset ?? 0n);
  let parallelPeak = 0;
  let { parallelMax, taskMs } = options;

  const statusOf = (task: StoredTask): TaskStatus => {
    const now = performance.now();
    if (now >= task.endsAt) return task.failure === null ? 'succeed' : 'failed';
    return now < task.startsAt ? 'submitted' : 'processing';
  };
  /** Slots are counted by the version of a model; without one, all of them. */
  const countRunning = (model?: string, pack?: string | null) =>
    [...tasks.values()]
      .filter(
        (task) =>
          packOf(task.path) !== null &&
          (pack === undefined || packOf(task.path) === pack) &&
          performance.now() < task.endsAt &&
          (model === undefined || task.body.model_name === model),
      )
      .reduce((sum, { path, body }) => sum + slotsOf(path, body), 0);

  return {
    statusOf,
    countRunning,
    parallelPeak: () => parallelPeak,
    configure(next: { parallelMax?: number; taskMs?: number }): void {
      parallelMax = next.parallelMax ?? parallelMax;
      taskMs = next.taskMs ?? taskMs;
    },
    /** Throws the refusal of a taken external id (1201) or of a full account (1303). */
    create(path: string, body: Body, fault: TaskFault | null): StoredTask {
      const externalId = typeof body.external_task_id === 'string' ? body.external_task_id : null;
      if (externalId !== null && byExternalId.has(externalId)) {
        throw new Refusal(1201, `external_task_id ${externalId} already exists`);
      }
      const pack = packOf(path);
      const isFull = countRunning(body.model_name, pack) + slotsOf(path, body) > parallelMax;
      if (pack !== null && isFull) throw new Refusal(1303);
      const now = performance.now();
      const ms = taskMs * (fault !== null && 'slow' in fault ? fault.slow : 1);
      nextId += 7n;
      nextMadeId += 1_000_003n;
      const task: StoredTask = {
        id: String(nextId),
        externalId,
        path,
        body,
        createdAt: Date.now(),
        deleted: false,
        startsAt: now + ms * 0.2,
        endsAt: now + ms,
        failure: fault !== null && 'fails' in fault ? fault.fails : null,
        unseenQueries: fault !== null && 'unseen' in fault ? fault.unseen : 0,
        emptyQueries: fault !== null && 'empty' in fault ? fault.empty : 0,
        makes: fault !== null && 'makes' in fault ? fault.makes : {},
        madeId: pack !== null ? null : String(nextMadeId),
      };
      tasks.set(task.id, task);
      if (externalId !== null) byExternalId.set(externalId, task);
      parallelPeak = Math.max(parallelPeak, countRunning(body.model_name, pack));
      return task;
    },
    find: (id: string) => tasks.get(id) ?? byExternalId.get(id),
    findMade: (id: string) => [...tasks.values()].find((task) => task.madeId === id),
    list: (path: string) => [...tasks.values()].filter((task) => task.path === path).reverse(),
    all: () => [...tasks.values()],
    /** Ends everything that runs, well. */
    finishAll(): void {
      for (const task of tasks.values()) task.endsAt = Math.min(task.endsAt, performance.now());
    },
  };
}

/** The kind of pack that pays for it; null of what holds no slots. */
function packOf(path: string): 'video' | 'image' | null {
  if (path.startsWith('/v1/videos/')) return 'video';
  return path.startsWith('/v1/images/') || path.endsWith('/ai-multi-shot') ? 'image' : null;
}

/** A video takes one, each picture one, a call for further views one: the vendor's pages don't tell. */
function slotsOf(path: string, body: Body): number {
  return packOf(path) === 'image' ? (body.n ?? 1) : 1;
}
