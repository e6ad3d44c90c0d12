import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';

const candidates = ['../migrations', '../../migrations'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Beside `src` in the repository, one level further up in the compiled package. */
export const migrationsFolder = candidates.find((path) => existsSync(path)) ?? (candidates[0] as string);

/** The repository or the package: where `migrations` lies. */
export const rootFolder = join(migrationsFolder, '..');

/** The console's pages as a package brings them; not there in a repository that nobody packed. */
export const packedPagesFolder = join(rootFolder, 'dist', 'console');

type DataFolder = Pick<Config, 'dataFolder'>;

/** Where added models lie, and perhaps the runtime for them. Absolute. */
export function findModelsFolder({ dataFolder }: DataFolder): string {
  return join(resolve(dataFolder), 'models');
}

/** Where files lie without a bucket. Absolute. */
export function findStorageFolder({ dataFolder }: DataFolder): string {
  return join(resolve(dataFolder), 'storage');
}

/** For files of work in progress. Absolute. */
export function findWorkFolder({ dataFolder }: DataFolder): string {
  return join(resolve(dataFolder), 'work');
}
