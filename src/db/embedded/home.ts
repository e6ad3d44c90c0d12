import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { findPostgresBinaries, type PostgresBinaries } from './binaries.ts';
import { choosePrivileges, copyBinaries, handOver, type Privileges } from './run-unprivileged.ts';

/** Where this machine's PostgreSQL programs and the cluster of one data folder lie, and as whom they run. */
export interface Home {
  binaries: PostgresBinaries;
  privileges: Privileges;
  clusterFolder: string;
}

/** `dataFolder` is absolute. Throws when the platform's programs aren't installed. */
export async function prepareHome(dataFolder: string): Promise<Home> {
  const binaries = findPostgresBinaries();
  const identity = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
  const privileges = await choosePrivileges(identity);
  if (privileges.kind !== 'nobody') {
    return { binaries, privileges, clusterFolder: join(dataFolder, 'postgres') };
  }
  const root = await copyBinaries(privileges.folder, binaries.root);
  await handOver(privileges.folder);
  return {
    binaries: { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres') },
    privileges,
    clusterFolder: join(privileges.folder, 'cluster'),
  };
}
