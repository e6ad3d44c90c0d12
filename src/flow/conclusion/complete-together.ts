import { sql } from 'kysely';
import { returnKeyAllowance } from '../../accounts/index.ts';
import { settleTogether } from '../../credits/index.ts';
import { allSettledOrThrow, type Db, transaction } from '../../db/index.ts';
import { insertElements } from '../../elements/index.ts';
import { failpoint } from '../../lib/failpoint.ts';
import { completeTasks, listCompletedBy, type Task } from '../../tasks/index.ts';
import type { CompletedTask, ConclusionPlace } from './completed-task.ts';
import { makeCallbacksDue } from './make-callbacks-due.ts';

/**
 * Milliseconds that several tasks wait together for a row which somebody else holds; then each goes alone, so that only those wait
 * on which need that row.
 */
const lockMs = 1000;

/**
 * In one transaction the tasks are completed, their elements exist, their reservations are settled, their callbacks are due and
 * their jobs are over. Returns each as it is then, in their order: also one that its claim had completed before, in a transaction whose
 * answer was lost; null for one whose claim was lost meanwhile. Of neither anything is written. Whatever else goes wrong with one of
 * them undoes all.
 */
export async function completeTogether(
  { database, jobs }: ConclusionPlace,
  batch: readonly CompletedTask[],
): Promise<(Task | null)[]> {
  return await transaction(database.db, async (tx) => {
    const [, tasks] = await allSettledOrThrow(
      batch.length > 1 && sql`set local lock_timeout = ${sql.lit(lockMs)}`.execute(tx),
      completeTasks(
        tx,
        batch.map(({ claim, completion }) => ({ ...claim, ...completion })),
      ),
    );
    const completed = new Map(tasks.map((task) => [task.id, task]));
    const held = batch.filter(({ claim }) => completed.has(claim.id));
    const [before] = await allSettledOrThrow(
      listCompletedBefore(tx, batch, completed),
      storeElements(tx, held),
      makeCallbacksDue(jobs, tx, tasks),
      finishJobs(jobs, tx, batch),
      settleAll(tx, tasks),
    );
    failpoint('before-commit-of-conclude');
    return batch.map(({ claim }) => completed.get(claim.id) ?? before.find(({ id }) => id === claim.id) ?? null);
  });
}

/**
 * Of the rest, what their claims had completed already. The UPDATE has waited for a transaction of theirs that was still open, and only a
 * statement behind it sees what became of that.
 */
async function listCompletedBefore(
  tx: Db,
  batch: readonly CompletedTask[],
  completed: ReadonlyMap<string, Task>,
): Promise<Task[]> {
  const rest = batch.map(({ claim }) => claim).filter(({ id }) => !completed.has(id));
  return rest.length === 0 ? [] : await listCompletedBy(tx, rest);
}

async function storeElements(tx: Db, batch: readonly CompletedTask[]): Promise<void> {
  const made = batch.flatMap(({ element }) => element ?? []);
  if (made.length === 0) return;
  const inserted = insertElements(tx, made).then(() => failpoint('after-insert-of-element'));
  await allSettledOrThrow(inserted, ...made.map((element) => element.record(tx)));
}

/** Charges the tasks; what was reserved beyond that is returned, to the keys as well. A dry run has no books. */
async function settleAll(tx: Db, tasks: readonly Task[]): Promise<void> {
  const charged = tasks.filter((task) => !task.dry_run);
  const resolutions = await settleTogether(
    tx,
    charged.map(({ id: task_id, charged_microcredits }) => ({
      task_id,
      charged_microcredits: charged_microcredits ?? 0,
    })),
    charged.map((task) => task.account_id),
  );
  const returned = charged.flatMap((task, at) => {
    const { booked, returned_microcredits } = resolutions[at] as (typeof resolutions)[number];
    return booked && returned_microcredits > 0 ? [{ ...task, returned_microcredits }] : [];
  });
  // Their rows are locked one after the other: in the order of all who lock several.
  returned.sort((one, other) => one.api_key_id - other.api_key_id);
  await allSettledOrThrow(
    ...returned.map((task) => returnKeyAllowance(tx, task.api_key_id, task.returned_microcredits, task.created_at)),
  );
}

async function finishJobs(jobs: ConclusionPlace['jobs'], tx: Db, batch: readonly CompletedTask[]): Promise<void> {
  const byQueue = Map.groupBy(batch, ({ queue }) => queue);
  await allSettledOrThrow(
    ...[...byQueue].map(([queue, those]) =>
      jobs.finish(
        tx,
        queue,
        those.map(({ job }) => job),
      ),
    ),
  );
}
