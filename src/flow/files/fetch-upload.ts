import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileNotUsable, findFile } from '../../files/index.ts';
import { mediaUrlRules } from '../../models/index.ts';
import type { Context } from '../context.ts';
import { keyOfFile } from '../storage/file-keys.ts';
import { toUploadFailure, uploadUrlRefused } from './errors.ts';
import { findNamedFile } from './find-named-file.ts';

const param = 'file_url';

/** A file that was brought to this machine, to be kept. */
export interface FetchedUpload extends AsyncDisposable {
  bytes: number;
  /** The last part of the URL's path; empty where it has none. */
  name: string;
  read(): AsyncIterable<Uint8Array>;
}

/**
 * Brings the file behind a URL, or another stored file, to this machine through the guarded network. Throws 400
 * `invalid_request` for a URL that is refused by its text, or whose server can't be asked; the reason of `signal`.
 */
export async function fetchUpload(
  context: Context,
  accountId: number,
  text: string,
  signal: AbortSignal,
): Promise<FetchedUpload> {
  const { config, network } = context;
  const named = findNamedFile(context, text) ?? network.checkUrl(text, mediaUrlRules);
  if (!named.ok) throw uploadUrlRefused(param, named.message);
  const folder = await mkdtemp(join(context.workFolder, 'upload-'));
  const path = join(folder, 'file');
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    if ('file' in named) await copyStored(context, accountId, named.file, path);
    else {
      const { fetchSeconds, fetchBytesPerSecondMin: bytesPerSecond } = config.flow;
      await network.download(named.url, {
        path,
        bytesMax: config.files.fileBytesMax,
        timeoutMs: fetchSeconds * 1000,
        ...(bytesPerSecond === 0 ? {} : { rateMin: { bytesPerSecond, windowMs: 10_000 } }),
        signal,
      });
    }
    return {
      bytes: (await stat(path)).size,
      name: 'file' in named ? '' : nameOf(named.url),
      read: () => createReadStream(path),
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw toUploadFailure(error, param);
  }
}

async function copyStored(
  { clock, database, storage }: Context,
  accountId: number,
  { file_id, by }: { file_id: string; by: 'id' | 'link' },
  path: string,
): Promise<void> {
  const file = await findFile(database.db, by === 'id' ? accountId : null, file_id, clock.now());
  if (file === null) throw fileNotUsable(param, file_id);
  await storage.copyTo(keyOfFile(file), path);
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
