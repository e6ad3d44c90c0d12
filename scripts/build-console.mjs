/**
 * Builds the console's pages into the folder named by the first word, with a `.br` and a `.gz` beside each file that gets
 * smaller by it. Run by the server's first start and by `npm pack`; works without a network.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';

// Not what the process that starts this one runs as, such as a test.
process.env.NODE_ENV = 'production';
const root = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? '');
const texts = new Set(['.html', '.js', '.css', '.svg', '.json']);

await build({
  configFile: join(root, 'console/vite.config.ts'),
  build: { outDir: folder, emptyOutDir: true },
  logLevel: 'warn',
});

const brotli = promisify(brotliCompress);
const compress = promisify(gzip);
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
await Promise.all(
  files
    .filter((file) => texts.has(extname(file)))
    .map(async (file) => {
      const bytes = await readFile(file);
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
      const made = { br: await brotli(bytes, { params }), gz: await compress(bytes, { level: 9 }) };
      for (const [ending, smaller] of Object.entries(made)) {
        if (smaller.length < bytes.length) await writeFile(`${file}.${ending}`, smaller);
      }
    }),
);
