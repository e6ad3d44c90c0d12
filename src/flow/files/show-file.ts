import { presentFile, type StoredFile } from '../../files/index.ts';
import type { Context } from '../context.ts';
import { keyOfFile } from '../storage/file-keys.ts';
import { filesPrefix } from '../storage/stored-prefixes.ts';

export type ShownFile = ReturnType<typeof presentFile>;

/** The file as every door shows it. Its links begin as those of a task's results do, and end with the file. */
export function showFile(
  { config, links, localUrl }: Pick<Context, 'config' | 'links' | 'localUrl'>,
  file: StoredFile,
  origin?: string,
): ShownFile {
  const base = config.flow.publicUrl ?? origin ?? localUrl;
  const [, , expires, signature] = links.sign(downloadKey(file.id), file.expires_at).split('/');
  return presentFile(file, {
    file_url: `${base}${links.sign(keyOfFile(file), file.expires_at)}`,
    download_url: `${base}/api/v1/files/download/${file.id}?expires=${expires}&signature=${signature}`,
  });
}

/** What the signature of a `download_url` stands for: no key of a stored file, so that neither link can become the other. */
export function downloadKey(fileId: string): string {
  return `${filesPrefix}${fileId}`;
}
