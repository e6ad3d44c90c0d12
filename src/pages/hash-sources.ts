import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything that decides what the pages become, below the root of the repository. */
const inputs = [
  'console',
  'client',
  'demo/media',
  'docs/guides',
  'docs/errors.md',
  'package-lock.json',
  'scripts/build-console.mjs',
];

/** 16 hexadecimal digits that change with any byte of the pages' sources, or of the versions that they're built with. */
export async function hashSources(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of await listFiles(root, input)) {
      hash.update(`${file}\0`);
      hash.update(await readFile(join(root, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function listFiles(root: string, path: string): Promise<string[]> {
  if (/\.[a-z]+$/.test(path)) return [path];
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^\//, ''))
    .sort();
}
