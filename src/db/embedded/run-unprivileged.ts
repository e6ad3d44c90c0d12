import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { chown, cp, lchown, readdir, rename, rm, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `nobody` and its group, which every Linux passwd file names; initdb refuses a user without an entry there. */
const nobody = 65_534;

/**
 * How PostgreSQL's programs can be started by this process. PostgreSQL refuses to run as root, so root needs either a
 * user namespace, in which the very same files belong to an unprivileged user (works under a folder that only root may
 * enter), or, where the kernel forbids namespaces, a real unprivileged user and a folder that it can enter.
 */
export type Privileges = { kind: 'own' } | { kind: 'namespace' } | { kind: 'nobody' };

/** Chooses the way once per start. */
export async function choosePrivileges(): Promise<Privileges> {
  if (process.getuid?.() !== 0) {
    // A namespace gives a user without a passwd entry, whom initdb refuses, the name of one with.
    const isNameless = process.platform === 'linux' && !hasPasswdEntry();
    return { kind: isNameless && (await succeeds('unshare', [...namespaceArguments, 'true'])) ? 'namespace' : 'own' };
  }
  return { kind: (await succeeds('unshare', [...namespaceArguments, 'true'])) ? 'namespace' : 'nobody' };
}

function hasPasswdEntry(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

const namespaceArguments = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`];

/** Starts a program of PostgreSQL, which refuses to run as root, with the privileges that it takes. */
export function spawnUnprivileged(
  privileges: Privileges,
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  if (privileges.kind === 'namespace') return spawn('unshare', [...namespaceArguments, program, ...args], options);
  if (privileges.kind === 'nobody') return spawn(program, args, { ...options, uid: nobody, gid: nobody });
  return spawn(program, args, options);
}

/** Whom a cluster's files must belong to, as seen from outside any namespace, when root starts it. */
export function clusterOwner({ kind }: Privileges): number {
  return kind === 'nobody' ? nobody : 0;
}

/** Whether the unprivileged user may enter a folder, or execute a program, and everything above it. */
export async function canNobodyEnter(path: string): Promise<boolean> {
  return await succeeds('test', ['-x', path], { uid: nobody, gid: nobody, cwd: '/' });
}

async function succeeds(program: string, args: readonly string[], options = {}): Promise<boolean> {
  return await run(program, args, options).then(
    () => true,
    () => false,
  );
}

/**
 * Copies the programs into `dataFolder`, for when their own place lies where only root can look, and returns the copy's
 * root. Done once for each build of them.
 */
export async function copyBinaries(dataFolder: string, root: string): Promise<string> {
  const { size, mtimeMs } = await stat(join(root, 'bin', 'postgres'));
  const copy = join(dataFolder, `postgres-programs-${size}-${Math.floor(mtimeMs / 1000)}`);
  if ((await stat(copy).catch(() => null)) !== null) return copy;
  const aside = `${copy}-${process.pid}`;
  try {
    await cp(root, aside, { recursive: true, verbatimSymlinks: true });
    // Of two at once the second finds the first one's work in its way, and uses it.
    await rename(aside, copy).catch(async (error) => {
      if ((await stat(copy).catch(() => null)) === null) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return copy;
}

/** Gives `paths` to the unprivileged user, for the `nobody` way. */
export async function handOver(...paths: string[]): Promise<void> {
  for (const path of paths) await chown(path, nobody, nobody);
}

/** Gives a folder and all that lies in it to a user and the group of the same number. */
export async function giveAll(folder: string, owner: number): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) await lchown(join(folder, name), owner, owner);
  await chown(folder, owner, owner);
}
