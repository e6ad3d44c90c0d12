/**
 * Compiles the program into the folder named by the first word, with what it reads from beside its source and a compiler leaves behind. Run by
 * `npm run build`, and so by `npm pack` and the image.
 */
import { spawnSync } from 'node:child_process';
import { copyFile, glob } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? '');
const dataFiles = 'src/**/*.bin';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
// Types are `npm run check`'s; looking at them again would take two thirds of the time.
const words = [compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', folder, '--noCheck'];
const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
for await (const file of glob(dataFiles, { cwd: root })) await copyFile(join(root, file), join(folder, file));
