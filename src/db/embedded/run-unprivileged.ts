import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { chmod, chown, cp, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `nobody` and its group, which every Linux passwd file names; initdb refuses a user without an entry there. */
const nobody = 65_534;

/**
 * How PostgreSQL's programs can be started by this process. PostgreSQL refuses to run as root, so root needs either a
 * user namespace, in which the very same files belong to an unprivileged user (works under a folder that only root may
 * enter), or, where the kernel forbids namespaces, a real unprivileged user and a folder that it can reach.
 */
export type Privileges = { kind: 'own' } | { kind: 'namespace' } | { kind: 'nobody'; folder: string };

/** Chooses the way once per start. `identity` (any stable text) names the folder of the `nobody` way. */
export async function choosePrivileges(identity: string): Promise<Privileges> {
  if (process.getuid?.() !== 0) return { kind: 'own' };
  const allowed = await run('unshare', [...namespaceArguments, 'true']).then(
    () => true,
    () => false,
  );
  return allowed ? { kind: 'namespace' } : { kind: 'nobody', folder: join('/var/lib', `troupe-postgres-${identity}`) };
}

const namespaceArguments = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`];

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

/**
 * Makes `folder` for the `nobody` way: the programs are copied, since their own place may lie where only root can look.
 * Returns the copied root. Done once; the copy is kept for later starts.
 */
export async function copyBinaries(folder: string, root: string): Promise<string> {
  const copy = join(folder, 'native');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await chmod(dirname(folder), (await stat(dirname(folder))).mode | 0o711);
  await cp(root, copy, { recursive: true, force: false, verbatimSymlinks: true });
  return copy;
}

/** Gives `paths` to the unprivileged user, for the `nobody` way. */
export async function handOver(...paths: string[]): Promise<void> {
  for (const path of paths) await chown(path, nobody, nobody);
}
