import { presentCredits } from '../../credits/index.ts';
import type { Db } from '../../db/index.ts';
import { listUsage, type UsageGroup } from '../../tasks/index.ts';

/** A line of use as doors show it, in credits. */
export interface ShownUsage {
  day?: string;
  model?: string;
  key_id?: number;
  status?: string;
  tasks: number;
  credits: number;
}

/** What was used, in credits; see `listUsage`. */
export async function showUsage(db: Db, query: Parameters<typeof listUsage>[1]): Promise<ShownUsage[]> {
  const rows = await listUsage(db, query);
  return rows.map(({ microcredits, ...row }) => ({ ...row, credits: presentCredits(microcredits) }));
}

/** The columns of these groups in a row, in their order. */
export function listGroupKeys(row: ShownUsage, groups: readonly UsageGroup[]): (string | number)[] {
  return groups.map((group) => (group === 'key' ? row.key_id : row[group]) ?? '');
}
