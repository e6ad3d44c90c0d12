import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder in which commands, servers and children keep compiled code for each other (`module.enableCompileCache` of Node):
 * with it a start costs half of its processor time. In the machine's temporary folder, for this user alone; null when another
 * user has taken the name, or it can't be made: then they start without.
 *
 * A child that a file took over could put other code there; it could change the files of this user as well.
 */
export function findCodeCache(parent: string = tmpdir()): string | null {
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
