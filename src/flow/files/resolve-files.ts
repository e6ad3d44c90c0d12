import type { Db } from '../../db/index.ts';
import { fileNotUsable, fileOfOtherKind, findFile, holdFiles } from '../../files/index.ts';
import type { ModelRequest } from '../../models/index.ts';
import type { Context } from '../context.ts';
import { keyOfFile } from '../storage/file-keys.ts';

/** Where the stored files lie that a request names, by their ids. */
export interface ResolvedFiles {
  keys: ReadonlyMap<string, string>;
  /**
   * Keeps them from being deleted until the task is there that uses them, by which the sweep knows it; to be called in its
   * transaction. Throws as {@link resolveFiles} where one was deleted meanwhile.
   */
  hold(tx: Db): Promise<void>;
}

/**
 * The stored files in the sources of a request. Throws 400 `invalid_request` that names the field of the first that the
 * account can't use, or that is no picture or video where one is due.
 */
export async function resolveFiles(context: Context, accountId: number, request: ModelRequest): Promise<ResolvedFiles> {
  const now = context.clock.now();
  const keys = new Map<string, string>();
  const params = new Map<string, string>();
  for (const source of request.sources) {
    if (!('file_id' in source) || source.by === 'program') continue;
    const { file_id, param, role } = source;
    const file = await findFile(context.database.db, source.by === 'id' ? accountId : null, file_id, now);
    if (file === null) throw fileNotUsable(param, file_id);
    const expected = role === 'refer_video' || role === 'reference_video' ? 'video' : 'image';
    if (!file.media_type.startsWith(`${expected}/`)) {
      throw fileOfOtherKind(param, file.media_type, expected === 'video' ? 'a video' : 'an image');
    }
    keys.set(file_id, keyOfFile(file));
    params.set(file_id, param);
  }
  return {
    keys,
    async hold(tx) {
      if (keys.size === 0) return;
      const held = new Set(await holdFiles(tx, [...keys.keys()], now));
      for (const [id, param] of params) if (!held.has(id)) throw fileNotUsable(param, id);
    },
  };
}
