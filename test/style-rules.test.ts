import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = new URL('../', import.meta.url).pathname;
const trees = [
  '.ci',
  'bench',
  'bin',
  'cli',
  'client',
  'console',
  'demo',
  'deploy',
  'docs',
  'migrations',
  'scripts',
  'src',
  'test',
];
const documents = ['ARCHITECTURE.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'STYLE.md'];
const files = [...documents, 'biome.json', '.env.example', '.gitignore', 'openapi.json', 'package.json'];
let copy: string;

/** Violations are planted in a copy, where no other test or tool meets them. */
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'troupe-style-'));
  const filter = (path: string) => !/\/(?:fixtures|demo\/media)$/.test(path);
  for (const name of [...trees, ...files]) await cp(join(root, name), join(copy, name), { recursive: true, filter });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(async () => {
  await rm(copy, { recursive: true, force: true });
});

async function plant(file: string, text: string): Promise<string> {
  await mkdir(dirname(join(copy, file)), { recursive: true });
  await writeFile(join(copy, file), text);
  return file;
}

async function checkStyle(): Promise<string[]> {
  const { stdout } = await run(process.execPath, ['scripts/check-style.mjs', '--json'], { cwd: copy });
  return JSON.parse(stdout);
}

test('the style check holds today, and a planted violation of each of its rules is named', async () => {
  expect(await checkStyle()).toEqual([]);

  await plant('src/lib/planted-function.ts', 'export function plantOne() {}\n');
  await plant('src/lib/planted-class.ts', 'export class PlantedOne {}\n');
  await plant('src/lib/planted-arrow.ts', 'export const plantOther = () => 0;\n');
  await plant(
    'src/lib/planted-below.ts',
    'function helpFirst() {}\n\n/** Uses it. */\nexport const use = () => helpFirst();\n',
  );
  await plant('src/flow/planted-shape.ts', 'export interface PlantedShape {}\nexport const plantedList = [1];\n');
  await appendFile(
    join(copy, 'src/flow/index.ts'),
    "export { plantedList as letOut, type PlantedShape } from './planted-shape.ts';\n",
  );
  await plant('client/planted-client.ts', 'export type PlantedType = 1;\n');
  await appendFile(join(copy, 'client/index.ts'), "export type { PlantedType } from './planted-client.ts';\n");
  await plant('src/tasks/utils/planted.ts', '');
  await plant('src/tasks/helpers.ts', '');
  await appendFile(
    join(copy, 'ARCHITECTURE.md'),
    'See `src/lib/nowhere.ts`, `src/lib/…-queries.ts` and [it](docs/nowhere.md).\n',
  );
  await appendFile(join(copy, 'README.md'), `One more col${'our'}.\n`);

  expect((await checkStyle()).sort()).toEqual([
    'a helper above the first export: src/lib/planted-below.ts: helpFirst',
    'no docstring: client/planted-client.ts: PlantedType',
    'no docstring: src/flow/planted-shape.ts: PlantedShape',
    'no docstring: src/flow/planted-shape.ts: plantedList',
    'no docstring: src/lib/planted-arrow.ts: plantOther',
    'no docstring: src/lib/planted-class.ts: PlantedOne',
    'no docstring: src/lib/planted-function.ts: plantOne',
    'no owner: src/tasks/helpers.ts',
    'no owner: src/tasks/utils/planted.ts',
    'no such file: ARCHITECTURE.md: docs/nowhere.md',
    'no such file: ARCHITECTURE.md: src/lib/nowhere.ts',
    'spelt otherwise: README.md: color',
  ]);
});

const verb = 'The verb says nothing';
const bound = 'Units and bounds come last';
const spread = 'A spread of a literal only steers the formatter';
const error = "Errors come from a room's errors.ts";
const clock = 'The time comes in as an argument';
const wait = 'Wait for the condition';

test.each([
  ['a function with an empty verb', 'src/lib/planted.ts', 'export function handleIt() {}\n', verb],
  ['a bound in front', 'cli/planted.ts', 'export interface Planted {\n  maxBytes: number;\n}\n', bound],
  ['a bound in front of a local', 'cli/planted.ts', 'export const minBytes = 1;\n', bound],
  ['a spread of a literal', 'test/planted.ts', 'export const planted = { ...{ a: 1 }, b: 2 };\n', spread],
  ['an error made outside of errors.ts', 'src/flow/planted.ts', 'throw new AppError({});\n', error],
  ['a room that looks at the clock', 'src/tasks/planted.ts', 'export const planted = new Date();\n', clock],
  ['a flow that looks at the clock', 'src/flow/planted.ts', 'export const planted = Date.now();\n', clock],
  ['a test that sleeps', 'src/lib/planted.test.ts', 'await sleep(30);\n', wait],
  ['a test that sleeps by hand', 'test/planted.test.ts', 'await new Promise((done) => setTimeout(done, 30));\n', wait],
  ['a constant in upper case', 'src/lib/planted.ts', 'export const PLANTED_BYTES = 1;\n', 'useNamingConvention'],
  ['a function in snake case', 'src/lib/planted.ts', 'export function plant_it() {}\n', 'useNamingConvention'],
  ['a file in camel case', 'src/lib/plantedFile.ts', 'export {};\n', 'useFilenamingConvention'],
  ['a default export', 'src/lib/planted.ts', 'export default 1;\n', 'noDefaultExport'],
  ['everything let out', 'src/lib/planted.ts', "export * from './errors.ts';\n", 'noReExportAll'],
  ['a print', 'src/lib/planted.ts', "console.log('planted');\n", 'noConsole'],
  [
    'a file of 351 lines',
    'src/lib/planted.ts',
    '// line\n'.repeat(350).concat('export {};\n'),
    'noExcessiveLinesPerFile',
  ],
  [
    'a function of 101 lines',
    'src/lib/planted.ts',
    `export function plant() {\n${'  use();\n'.repeat(101)}}\n`,
    'noExcessiveLinesPerFunction',
  ],
])('the linter names %s', async (_, file, text, rule) => {
  await plant(file, text);
  const words = ['lint', '--reporter=json', '--max-diagnostics=none', file];
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const failure = await run(process.execPath, [biome, ...words], { cwd: copy }).then(
    () => null,
    (fault: { stdout: string }) => fault,
  );
  await rm(join(copy, file));
  const { diagnostics } = JSON.parse(failure?.stdout ?? '{"diagnostics":[]}');
  const found = diagnostics.map((one: { category: string; message: string }) => `${one.category} ${one.message}`);
  expect(found.join('\n')).toContain(rule);
});
