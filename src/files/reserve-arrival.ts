import { type Db, transaction } from '../db/index.ts';
import { countThings } from '../lib/show-value.ts';
import { fileQuotaExceeded } from './errors.ts';
import { type Arrival, findUpload, freeUploadId, insertArrival, lockQuota, measureUsage } from './queries.ts';
import type { FileRow } from './tables.ts';

export interface QuotaLimits {
  countMax: number;
  bytesMax: number;
}

export type NewArrival = Omit<Arrival, 'size_bytes'>;

/**
 * Takes a place in the account's quota for a file that is about to come, in one transaction: of uploads at the same time
 * each sees those before it. The size is known only roughly then: `bytes.least` is what the file has at least, and
 * `bytes.most` what it can have at most; answers how many bytes it may have, or what the caller's own name of the upload
 * has already come to. Throws 409 `file_quota_exceeded`.
 */
export async function reserveArrival(
  db: Db,
  arrival: NewArrival,
  bytes: { least: number; most: number },
  { countMax, bytesMax }: QuotaLimits,
): Promise<{ reserved: number } | { earlier: FileRow }> {
  return await transaction(db, async (tx) => {
    const { account_id, created_at: now, upload_id } = arrival;
    await lockQuota(tx, account_id);
    const earlier = upload_id === null ? null : await findUpload(tx, account_id, upload_id, now);
    if (earlier !== null) return { earlier };
    const used = await measureUsage(tx, account_id, now);
    if (used.files >= countMax) throw fileQuotaExceeded(`the account keeps ${used.files} of ${countMax} files`);
    const left = bytesMax - used.bytes;
    if (left < Math.max(1, bytes.least)) {
      throw fileQuotaExceeded(`${countThings(Math.max(0, left), 'byte')} are left of the account's ${bytesMax}`);
    }
    const reserved = Math.max(1, Math.min(bytes.most, left));
    if (upload_id !== null) await freeUploadId(tx, account_id, upload_id, now);
    await insertArrival(tx, { ...arrival, size_bytes: reserved });
    return { reserved };
  });
}
