import type { Readable } from 'node:stream';
import type { ByteRange } from '../../storage/index.ts';
import type { Context } from '../context.ts';

export type { ByteRange } from '../../storage/index.ts';

export interface StoredFile {
  sizeBytes: number;
  /** Its bytes from `first` to `last`; null when it was swept since it was found. */
  read(range: ByteRange): Promise<Readable | null>;
}

/** What lies in storage under `key`, or null. */
export async function findStoredFile({ storage }: Pick<Context, 'storage'>, key: string): Promise<StoredFile | null> {
  const found = await storage.find(key);
  if (found === null) return null;
  return {
    sizeBytes: found.sizeBytes,
    read: (range) =>
      storage.get(key, range).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      }),
  };
}
