import type { Db } from '../db/index.ts';
import { ledgerFault } from './errors.ts';
import { findResolution } from './queries.ts';
import type { Resolution } from './schema.ts';

/**
 * How a reservation ended earlier. A statement of its own, because the one that lost a race can't see the winner's row:
 * its snapshot is older. Throws `internal_error` while the reservation is open.
 */
export async function getStoredResolution(db: Db, taskId: string): Promise<Resolution> {
  const stored = await findResolution(db, taskId);
  if (!stored) throw ledgerFault(`task ${taskId} has no resolution`);
  const returned_microcredits = stored.reserved_microcredits - stored.charged_microcredits;
  return { ...stored, returned_microcredits, booked: false };
}
