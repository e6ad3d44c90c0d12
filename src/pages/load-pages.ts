import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** One file of the pages, with what it is in fewer bytes where that was made. */
export interface Page {
  type: string;
  bytes: Buffer;
  br: Buffer | undefined;
  gz: Buffer | undefined;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Every file of a built folder by its path in it, such as `assets/main-1a2b.js`. Some MB: later builds may take the folder away. */
export async function loadPages(folder: string): Promise<ReadonlyMap<string, Page>> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
  const plain = names.filter((name) => types[extname(name)] !== undefined);
  const load = async (name: string) => (names.includes(name) ? await readFile(join(folder, name)) : undefined);
  const pages = await Promise.all(
    plain.map(async (name) => {
      const [bytes, br, gz] = await Promise.all([load(name), load(`${name}.br`), load(`${name}.gz`)]);
      return [name, { type: types[extname(name)] as string, bytes: bytes as Buffer, br, gz }] as const;
    }),
  );
  return new Map(pages);
}
