import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const candidates = ['../migrations', '../../migrations'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Beside `src` in the repository, one level further up in the compiled package. */
export const migrationsFolder = candidates.find((path) => existsSync(path)) ?? (candidates[0] as string);
