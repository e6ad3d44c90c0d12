import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder in which commands, servers and children keep compiled code for each other (`module.enableCompileCache` of Node):
 * with it a start costs half of its processor time. The one that `NODE_COMPILE_CACHE` names, else one in the machine's
 * temporary folder, for this user alone; null when another user has taken the name, or it can't be made: then they start without.
 *
 * JavaScript, since `bin/troupe.mjs` asks before the first TypeScript is loaded: Node's compiler of TypeScript, which nothing
 * needs that is in the cache, costs a client's command twice the rest (`bench/start-cost.ts`).
 *
 * A child that a file took over could put other code there; it could change the files of this user as well.
 *
 * @param {string} [parent] default: the machine's temporary folder
 * @returns {string | null}
 */
export function findCodeCache(parent = tmpdir()) {
  const named = process.env.NODE_COMPILE_CACHE;
  if (named !== undefined && named !== '') return named;
  const userId = process.getuid?.();
  const folder = join(parent, `troupe-code-${userId ?? 'cache'}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    if (!found.isDirectory()) return null;
    const isOurs = userId === undefined || (found.uid === userId && (found.mode & 0o077) === 0);
    return isOurs ? folder : null;
  } catch {
    return null;
  }
}
