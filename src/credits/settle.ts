import type { Db } from '../db/index.ts';
import type { Resolution, Settlement } from './schema.ts';
import { settleTogether } from './settle-together.ts';

/** One task as in `settleTogether`: one statement the first time. A call that races another one waits for its commit. */
export async function settle(db: Db, settlement: Settlement): Promise<Resolution> {
  const [resolution] = await settleTogether(db, [settlement]);
  return resolution as Resolution;
}
