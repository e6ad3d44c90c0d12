import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from './arguments.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What `troupe login` keeps. */
export interface Login {
  url: string;
  key: string;
}

/** Null when nobody has logged in. Throws `UsageError` for a file that others may read, or that isn't one of ours. */
export function loadLogin(environment: Environment): Login | null {
  const path = findLoginFile(environment);
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return null;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new UsageError(
      `others may read the key in ${path}; make a new key if they may have, and run: chmod 600 ${path}`,
    );
  }
  try {
    const { url, key } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Login>;
    if (typeof url === 'string' && typeof key === 'string') return { url, key };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError(`${path} is no login; write it anew with: troupe login`);
}

/** Keeps it in a file that only its owner reads, in place of an earlier one, whole or not at all. Answers where. */
export function saveLogin(environment: Environment, login: Login): string {
  const path = findLoginFile(environment);
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(login)}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
  return path;
}

/** Forgets it; false when there was none. */
export function deleteLogin(environment: Environment): boolean {
  const path = findLoginFile(environment);
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  rmSync(path, { force: true });
  return isThere;
}

/** Where it lies, by the XDG Base Directory Specification 0.8: `$XDG_CONFIG_HOME/troupe/login.json`, else in `~/.config`. */
function findLoginFile({ XDG_CONFIG_HOME: config, HOME: home }: Environment): string {
  // The specification has relative paths ignored.
  const folder = config?.startsWith('/') ? config : join(home || homedir(), '.config');
  return join(folder, 'troupe', 'login.json');
}
