import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A file of an npm package by what it must be; its checksum is lower-case hexadecimal. */
export interface PackageFile {
  readonly package: string;
  readonly file: string;
  readonly sha256: string;
}

/**
 * The file, from the first of the places that has its package; null where none has, and where it isn't the file that was meant. Its code is
 * not run. A place is a folder whose `node_modules` is looked into, and those of the folders above.
 */
export function loadPackageFile(
  { package: name, file, sha256 }: PackageFile,
  places: readonly string[] = [import.meta.dirname],
): Buffer | null {
  for (const place of places) {
    try {
      const manifest = createRequire(join(place, 'resolve.js')).resolve(`${name}/package.json`);
      const bytes = readFileSync(join(manifest, '..', file));
      if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes;
    } catch {
      // Not there: the next place may have it.
    }
  }
  return null;
}
