import { join } from 'node:path';
import { openDiskStorage } from './disk.ts';
import { openS3Storage, type S3Settings } from './s3.ts';
import type { Storage } from './storage.ts';

/** The bucket that the settings name, else the folder. Throws an Error for the operator when the bucket can't be used. */
export async function openStorage(
  settings: Omit<S3Settings, 'bucket'> & { bucket: string | undefined },
  folder: string,
): Promise<Storage> {
  const { bucket, linkEndpoint, accessKey, secretKey } = settings;
  if ((accessKey === undefined) !== (secretKey === undefined)) {
    throw new Error('TROUPE_S3_ACCESS_KEY and TROUPE_S3_SECRET_KEY belong together: set both, or neither');
  }
  if (bucket === undefined && linkEndpoint !== undefined)
    throw new Error('TROUPE_S3_LINK_ENDPOINT needs TROUPE_S3_BUCKET');
  return bucket === undefined
    ? openDiskStorage(folder)
    : openS3Storage({ ...settings, bucket }, join(folder, '..', 'outgoing'));
}
