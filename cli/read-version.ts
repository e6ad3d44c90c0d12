import { existsSync, readFileSync } from 'node:fs';

/** The version in the package's own `package.json`: beside `cli` in the repository, one level up in the compiled package. */
export function readVersion(): string {
  const candidates = ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url));
  const found = candidates.find((url) => existsSync(url));
  return found === undefined ? 'unknown' : (JSON.parse(readFileSync(found, 'utf8')) as { version: string }).version;
}
