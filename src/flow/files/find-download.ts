import { fileNotFound, findFile, type StoredFile } from '../../files/index.ts';
import type { Context } from '../context.ts';
import { fileIdOfKey, keyOfFile } from '../storage/file-keys.ts';
import { filesPrefix } from '../storage/stored-prefixes.ts';
import { downloadKey } from './show-file.ts';

/** Who asks: a link with its end and signature, or a key's account. */
export type FileReader = { expires: string; signature: string } | { accountId: number };

/**
 * The file that may be downloaded, with the key of its bytes. Throws 404 `file_not_found` for a forged link, and for what is
 * gone or somebody else's; answers null for a link that has ended.
 */
export async function findDownload(
  { clock, database, links }: Context,
  fileId: string,
  reader: FileReader,
): Promise<{ file: StoredFile; key: string } | null> {
  const isLink = 'signature' in reader;
  if (isLink) {
    const verdict = links.verify({ ...reader, name: downloadKey(fileId).replaceAll('/', '~') }, clock.now());
    if (verdict.kind === 'forged') throw fileNotFound();
    if (verdict.kind === 'expired') return null;
  }
  const file = await findFile(database.db, isLink ? null : reader.accountId, fileId, clock.now());
  if (file === null && isLink) return null;
  if (file === null) throw fileNotFound();
  return { file, key: keyOfFile(file) };
}

/** Whether what lies under a key may be read by its link: a deleted file lies there for as long as tasks use it. */
export async function mayFollow({ clock, database }: Context, key: string): Promise<boolean> {
  if (!key.startsWith(filesPrefix)) return true;
  return (await findFile(database.db, null, fileIdOfKey(key), clock.now())) !== null;
}
