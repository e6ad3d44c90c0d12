import { once } from 'node:events';
import { mkdtempDisposable, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProcess } from '../helpers/run-command-line.ts';

const program = new URL('../../bin/troupe.mjs', import.meta.url).pathname;

test("'troupe' on PATH by a link runs the clone from any folder, and hands its exit code on", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'troupe-path-'));
  const link = join(folder.path, 'troupe');
  await symlink(program, link);
  const run = async (...words: string[]) => {
    const { child, output } = startProcess([link, ...words], {}, folder.path);
    const [code] = await once(child, 'close');
    return { code, ...output };
  };
  expect(await run('--version')).toEqual({ code: 0, stdout: expect.stringMatching(/^troupe \d/), stderr: '' });
  const refused = await run('credits', '--json');
  expect([refused.code, refused.stderr]).toEqual([2, '']);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'invalid_request' } });
});

test('a start takes what an earlier one compiled: even its first file needs no compiler of TypeScript', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'troupe-path-'));
  const start = async () => {
    const environment = { TMPDIR: folder.path, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };
    const { child, output } = startProcess([program, '--version'], environment);
    await once(child, 'close');
    return /retrieving transpile cache for StrippedTypeScript \S+\/src\/main\.ts\.*(.*)/.exec(output.stderr)?.[1];
  };
  expect(await start()).not.toBe('success');
  expect(await start()).toBe('success');
});
