import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresBinaries } from './binaries.ts';
import { explainComplaint, readComplaint } from './explain-complaint.ts';
import { handOver, type Privileges, spawnUnprivileged } from './run-unprivileged.ts';

export const superuser = 'troupe';

/**
 * Makes a PostgreSQL cluster in `clusterFolder` unless one is there, and returns its superuser's password: UTF-8
 * whatever the machine's locale, a random password kept inside the cluster. The cluster is made aside and renamed into
 * place, so that a kill in the middle leaves nothing half-made, and of two processes that start at once one wins and
 * the other uses its work.
 */
export async function createCluster(
  binaries: PostgresBinaries,
  privileges: Privileges,
  clusterFolder: string,
): Promise<string> {
  const existing = await loadPassword(clusterFolder);
  if (existing !== null) return existing;
  const aside = `${clusterFolder}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const passwordFile = `${aside}.password`;
  const password = randomBytes(24).toString('base64url');
  try {
    await mkdir(aside, { recursive: true, mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (privileges.kind === 'nobody') await handOver(aside, passwordFile);
    await runInitdb(binaries, privileges, aside, passwordFile);
    await rename(passwordFile, passwordPath(aside));
    await rename(aside, clusterFolder);
    return password;
  } catch (error) {
    const winner = await loadPassword(clusterFolder);
    if (winner !== null) return winner;
    throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
  }
}

const passwordPath = (clusterFolder: string) => join(clusterFolder, 'superuser-password');

async function loadPassword(clusterFolder: string): Promise<string | null> {
  return await readFile(passwordPath(clusterFolder), 'utf8').catch(() => null);
}

async function runInitdb(
  binaries: PostgresBinaries,
  privileges: Privileges,
  folder: string,
  passwordFile: string,
): Promise<void> {
  const child = spawnUnprivileged(
    privileges,
    binaries.initdb,
    [
      `--pgdata=${folder}`,
      `--username=${superuser}`,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (/could not look up effective user ID/.test(complaint)) {
    throw new Error(
      `PostgreSQL's initdb needs an entry in /etc/passwd for the user ${process.getuid?.()} that this program runs as, and this machine allows no ` +
        'user namespaces: add one, or run as a user that has one, or name a PostgreSQL server in DATABASE_URL.',
    );
  }
  if (code === 0) return;
  throw new Error(
    explainComplaint(readComplaint(complaint) || `initdb ended with ${code}: ${complaint.trim()}`, folder),
  );
}
