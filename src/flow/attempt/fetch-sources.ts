import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failpoint } from '../../lib/failpoint.ts';
import type { PictureConversion } from '../../media/index.ts';
import { getModel } from '../../models/index.ts';
import type { AcceptedSource } from '../accepted-request.ts';
import type { Context } from '../context.ts';
import { toSourceFailure } from '../errors.ts';
import { filesPrefix } from '../storage/stored-prefixes.ts';
import { storedFileGone } from './errors.ts';

/** Long enough for a connection that loses packets to come back. */
const rateWindowMs = 10_000;

/** A source that lies in the work folder now. */
export interface FetchedSource extends Pick<AcceptedSource, 'role' | 'param'> {
  path: string;
  bytes: number;
  /** It came with the request or was kept here; else from a plain URL. */
  isStored: boolean;
  /** Of a picture that was made JPEG or PNG here. */
  conversion?: PictureConversion;
}

/** Whether a video is due there, else a picture. */
export function isVideoRole(role: AcceptedSource['role']): boolean {
  return role === 'refer_video' || role === 'reference_video';
}

/**
 * Fetches all sources of a task into `folder`, at once. One failed fetch ends the others: they'd only keep the failure
 * waiting. Throws `AppError` that names the field of the first that failed.
 */
export async function fetchSources(
  context: Context,
  model: string,
  sources: readonly AcceptedSource[],
  folder: string,
  signal: AbortSignal,
): Promise<FetchedSource[]> {
  const stopOthers = new AbortController();
  const either = AbortSignal.any([signal, stopOthers.signal]);
  const fetches = sources.map((source, index) =>
    fetchSource(context, model, source, join(folder, `source-${index}`), either),
  );
  try {
    return await Promise.all(fetches);
  } catch (error) {
    stopOthers.abort();
    await Promise.allSettled(fetches);
    throw error;
  }
}

async function fetchSource(
  context: Context,
  model: string,
  source: AcceptedSource,
  path: string,
  signal: AbortSignal,
): Promise<FetchedSource> {
  const { role, param } = source;
  if ('storage_key' in source) {
    await copyStored(context, source.storage_key, path, param);
    return { role, param, path, bytes: (await stat(path)).size, isStored: true };
  }
  const { fetchBytesPerSecondMin: bytesPerSecond, fetchSeconds } = context.config.flow;
  const isVideo = isVideoRole(role);
  try {
    const { bytes } = await context.network.download(source.url, {
      path,
      bytesMax: chooseBytesMax(context, model, role),
      timeoutMs: fetchSeconds * 1000,
      ...(bytesPerSecond === 0 ? {} : { rateMin: { bytesPerSecond, windowMs: rateWindowMs } }),
      redirectsMax: 3,
      signal,
      onBytes: (bytes, expected) => bytes !== expected && failpoint('while-fetching'),
    });
    return { role, param, path, bytes, isStored: false };
  } catch (error) {
    throw toSourceFailure(error, param, isVideo ? 'invalid_parameters' : 'image_processing_error');
  }
}

/** Inputs are gone only when the task has ended meanwhile; another attempt finds that out. */
async function copyStored({ storage }: Context, key: string, path: string, param: string): Promise<void> {
  await storage.copyTo(key, path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' && key.startsWith(filesPrefix) ? storedFileGone(param) : error;
  });
}

function chooseBytesMax({ config }: Context, model: string, role: AcceptedSource['role']): number {
  if (role === 'refer_video') return config.media.videoBytesMax;
  if (role === 'reference_video') return getModel(model).clipRules?.bytesMax ?? config.media.videoBytesMax;
  return config.media.imageBytesMax;
}
