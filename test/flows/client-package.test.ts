import { spawnSync } from 'node:child_process';
import { copyFile, mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readProgram } from '../helpers/read-guide.ts';
import { runProgram } from '../helpers/run-program.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

const clientFolder = new URL('../../client/', import.meta.url);
let troupe: StartedTroupe;
let folder: Awaited<ReturnType<typeof mkdtempDisposable>>;

beforeAll(async () => {
  troupe = await startTroupe({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
  folder = await mkdtempDisposable(join(tmpdir(), 'troupe-client-'));
  await run('npm', ['pack', '--silent', '--pack-destination', folder.path], clientFolder.pathname);
  const [tarball = ''] = await readdir(folder.path);
  expect(tarball).toMatch(/^troupe-client-\d+\.\d+\.\d+\.tgz$/);
  await writeFile(join(folder.path, 'package.json'), '{"name": "user", "private": true, "type": "module"}');
  await run('npm', ['install', '--silent', '--offline', '--no-audit', '--no-fund', `./${tarball}`]);
  const readme = await readProgram(new URL('README.md', clientFolder), 'ts');
  await writeFile(join(folder.path, 'readme.ts'), readme);
  for (const [name, fixture] of [
    ['front.jpg', 'bear.jpg'],
    ['side.jpg', 'bear-side.jpg'],
  ] as const) {
    await copyFile(new URL(`../fixtures/media/${fixture}`, import.meta.url), join(folder.path, name));
  }
}, 600_000);
afterAll(async () => {
  await folder?.[Symbol.asyncDispose]();
  await troupe?.[Symbol.asyncDispose]();
});

async function run(program: string, words: readonly string[], cwd = folder.path): Promise<string> {
  const environment = { TROUPE_URL: troupe.url, TROUPE_API_KEY: troupe.key.key };
  const { code, output } = await runProgram(program, words, { cwd, environment });
  expect([code, output]).toEqual([0, output]);
  return output;
}

const installed = (name: string) => join(folder.path, 'node_modules/troupe-client', name);

test('the package is an ES module with types and a licence, and depends on nothing', async () => {
  const described = JSON.parse(await readFile(installed('package.json'), 'utf8'));
  expect([described.type, described.dependencies, described.peerDependencies]).toEqual([
    'module',
    undefined,
    undefined,
  ]);
  expect((await readdir(installed('.'))).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
  const names = await readdir(installed('dist'));
  expect(names).toContain('index.d.ts');
  for (const name of names.filter((one) => one.endsWith('.js'))) {
    const code = await readFile(installed(`dist/${name}`), 'utf8');
    // Nothing that a browser couldn't load.
    for (const [, from] of code.matchAll(/\bfrom '([^']+)'/g)) expect(from).toMatch(/^\.\/[\w-]+\.js$/);
  }
});

test('its types hold without those of Node.js', async () => {
  const code = `import { createClient, getTask, hasCode, type Task } from 'troupe-client';
const task: Task = await getTask(createClient({ baseUrl: 'https://example.com', key: 'k' }), 'id');
const percent: number = task.progress;
try { console.log(percent); } catch (error) {
  // @ts-expect-error no code of that name
  hasCode(error, 'no_such_code');
  if (hasCode(error, 'rate_limit_exceeded')) { const code: 'rate_limit_exceeded' = error.code; console.log(code); }
}
`;
  await writeFile(join(folder.path, 'types.ts'), code);
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    lib: ['es2024', 'dom', 'dom.iterable'],
    types: [],
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
  };
  await writeFile(join(folder.path, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types.ts'] }));
  const compiler = new URL('../../node_modules/typescript/bin/tsc', import.meta.url).pathname;
  await run(process.execPath, [compiler, '--project', 'tsconfig.json']);
});

/** Bun and Deno only where they are installed. */
describe.each([
  ['Node.js', process.execPath, ['readme.ts']],
  ['Bun', 'bun', ['run', 'readme.ts']],
  ['Deno', 'deno', ['run', '--allow-all', 'readme.ts']],
] as const)('in %s', (_, program, words) => {
  const isHere = spawnSync(program, ['--version']).status === 0;
  test.skipIf(!isHere)('the examples of its README run as written', async () => {
    const output = await run(program, words);
    expect(output).toMatch(/front\.jpg: 0 of \d+ bytes/);
    expect(output).toMatch(/front\.jpg: (\d+) of \1 bytes/);
    expect(output).toMatch(/side\.jpg: (\d+) of \1 bytes/);
    expect(output).toContain('100 %');
    expect(output).toMatch(/element \d{16}/);
    expect(output).toContain('there is no such task');
    expect(output).toMatch(/\d{16} RC car/);
  });
});
