import { presentCredits } from '../../credits/index.ts';
import type { Db } from '../../db/index.ts';
import type { EngineReports, KlingStatus } from '../../engines/index.ts';
import { listTasksByIds } from '../../tasks/index.ts';

/** The status of the Kling account, with what was charged here beside what each video cost there. Throws as `EngineReports.showStatus`. */
export async function showUpstream(db: Db, reports: EngineReports): Promise<KlingStatus> {
  const status = await reports.showStatus();
  const tasks = await listTasksByIds(
    db,
    status.costs.map(({ task_id }) => task_id),
  );
  const charges = new Map(tasks.map(({ id, charged_microcredits }) => [id, charged_microcredits]));
  const costs = status.costs.map((cost) => {
    const charged = charges.get(cost.task_id) ?? null;
    return { ...cost, charged_credits: charged === null ? null : presentCredits(charged) };
  });
  return { ...status, costs };
}
