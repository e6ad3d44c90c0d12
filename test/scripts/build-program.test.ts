import { execFile } from 'node:child_process';
import { mkdtempDisposable, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parseSection } from '../../src/lib/settings.ts';
import { section } from '../../src/media/index.ts';

const root = join(import.meta.dirname, '../..');
const duck = join(root, 'test/fixtures/media/duck.jpg');

test('the compiled program, as a package and the image have it, makes an element as its source does', async () => {
  // Below the repository's packages, which it is to find.
  await using folder = await mkdtempDisposable(join(root, 'node_modules/.cache-build-'));
  await promisify(execFile)(process.execPath, [join(root, 'scripts/build-program.mjs'), folder.path]);
  const compiled = await import(pathToFileURL(join(folder.path, 'src/media/index.js')).href);
  const source = await import('../../src/media/index.ts');
  const [one, other] = [await build(compiled.createMedia), await build(source.createMedia)];
  expect(one).toEqual(other);
  expect(one.files.length).toBeGreaterThan(3);
});

async function build(createMedia: typeof import('../../src/media/index.ts').createMedia) {
  await using workFolder = await mkdtempDisposable(join(tmpdir(), 'troupe-built-'));
  const media = createMedia({ ...parseSection(section, {}, []), childCount: 1 });
  const { size } = await stat(duck);
  try {
    return await media.build(
      [{ role: 'frontal_image', param: 'frontal_image', path: duck, bytes: size }],
      workFolder.path,
    );
  } finally {
    await media.close();
  }
}
