import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFolderCircles } from '../scripts/find-folder-circles.mjs';
import { places } from '../scripts/import-places.mjs';

type Place = (typeof places)[number];

const run = promisify(execFile);
const root = new URL('../', import.meta.url).pathname;
const trees = ['src', 'cli', 'client', 'console', 'demo'];
let copy: string;
let files: string[];

/** Violations are planted in a copy, where no other test or tool meets them. */
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'troupe-imports-'));
  for (const name of [...trees, 'scripts', '.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
    await cp(join(root, name), join(copy, name), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const listed = await Promise.all(
    trees.map(async (tree) => (await readdir(join(copy, tree), { recursive: true })).map((file) => `${tree}/${file}`)),
  );
  files = listed.flat().filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'));
});
afterAll(async () => {
  await rm(copy, { recursive: true, force: true });
});

async function check(): Promise<{ modules: number; violations: string[] }> {
  const words = ['scripts/check-imports.mjs', '--json'];
  const { stdout } = await run(process.execPath, words, { cwd: copy, maxBuffer: 256 * 1024 * 1024 });
  return JSON.parse(stdout);
}

const filesOf = ({ path, not }: Place) =>
  files.filter((file) => new RegExp(`^${path}`).test(file) && !(not !== undefined && new RegExp(`^${not}`).test(file)));

/** A file of the place that others may get in through, as far as there is one. */
function chooseTarget(place: Place): string {
  const own = filesOf(place);
  return own.find((file) => file.endsWith('/index.ts')) ?? (own[0] as string);
}

let planted = 0;
/** Makes the place import the file; returns the path of the file that does it now. */
async function plant(place: Place, target: string, kind: 'value' | 'type' = 'value'): Promise<string> {
  const isFolder = place.path.endsWith('/');
  planted += 1;
  // A type is planted where no value is: both in one file would be a value.
  const file = isFolder
    ? `${place.path}planted-${planted}.ts`
    : (filesOf(place).at(kind === 'value' ? 0 : -1) as string);
  const way = relative(dirname(file), target);
  const from = way.startsWith('.') ? way : `./${way}`;
  const line = kind === 'value' ? `import '${from}';\n` : `import type {} from '${from}';\n`;
  await (isFolder ? writeFile : appendFile)(join(copy, file), line);
  return file;
}

const forbiddenPairs = places.flatMap((from) =>
  places.filter((to) => to !== from && !from.may.includes(to.name)).map((to) => [from, to] as const),
);

test('the rules look at every file and hold today, and each forbidden pair of places is named when it is planted', async () => {
  const clean = await check();
  expect(clean.modules).toBeGreaterThan(700);
  expect(clean.violations).toEqual([]);
  expect(places.filter((place) => filesOf(place).length === 0)).toEqual([]);

  const wanted: string[] = [];
  for (const [from, to] of forbiddenPairs) {
    const target = chooseTarget(to);
    wanted.push(`${from.name} to ${to.name}: ${await plant(from, target)} → ${target}`);
  }
  const allowed: string[] = [];
  for (const from of places) {
    for (const name of from.mayTakeTypesOf ?? []) {
      const to = places.find((place) => place.name === name) as Place;
      allowed.push(`${from.name} to ${name}: ${await plant(from, chooseTarget(to), 'type')} →`);
    }
  }
  for (const to of places.filter(({ door }) => door)) {
    const from =
      places.find(({ name, may }) => (name === 'flow' ? may.includes(to.name) : false)) ??
      places.find(({ may }) => may.includes(to.name));
    const inner = files.find(
      (file) => file.startsWith(`src/${to.name}/`) && !/\/(index|config|schema)\.ts$/.test(file),
    );
    wanted.push(`past the door of ${to.name}: ${await plant(from as Place, inner as string)} → ${inner}`);
  }
  const flow = places.find(({ name }) => name === 'flow') as Place;
  const config = 'src/accounts/config.ts';
  wanted.push(`config for the wiring alone: ${await plant(flow, config)} → ${config}`);
  const schema = 'src/tasks/schema.ts';
  wanted.push(`schema for the http door alone: ${await plant(flow, schema)} → ${schema}`);
  await mkdir(join(copy, 'test'));
  await writeFile(join(copy, 'test/planted.ts'), '');
  wanted.push(`no test code in the program: ${await plant(flow, 'test/planted.ts')} → test/planted.ts`);
  await appendFile(join(copy, 'src/flow/accept.ts'), "import './conclude.ts';\n");
  wanted.push('steps of the flow are siblings: src/flow/accept.ts → src/flow/conclude.ts');
  await mkdir(join(copy, 'src/nowhere'));
  await writeFile(join(copy, 'src/nowhere/planted.ts'), "import '../lib/errors.ts';\n");
  wanted.push('every file has a place: src/nowhere/planted.ts → src/lib/errors.ts');
  await writeFile(join(copy, 'src/lib/planted-one.ts'), "import './planted-other.ts';\n");
  await writeFile(join(copy, 'src/lib/planted-other.ts'), "import './planted-one.ts';\n");
  wanted.push('no cycles: src/lib/planted-one.ts → src/lib/planted-other.ts');

  const { violations } = await check();
  expect(wanted.filter((line) => !violations.includes(line))).toEqual([]);
  expect(allowed.filter((start) => violations.some((line) => line.startsWith(start)))).toEqual([]);
  expect(violations.some((line) => line.startsWith('folders form a circle'))).toBe(true);
}, 300_000);

test('folders form a circle where a part reaches back into what joins the parts, not where they share a base', () => {
  const shared = [
    ['src/a/index.ts', 'src/a/part/x.ts'],
    ['src/a/part/x.ts', 'src/a/schema.ts'],
    ['src/b/y.ts', 'src/a/index.ts'],
  ];
  expect(findFolderCircles(shared)).toEqual([]);
  expect(findFolderCircles([...shared, ['src/a/part/x.ts', 'src/a/index.ts']])).toEqual([
    ['src/a/index.ts', 'src/a/part'],
  ]);
  expect(findFolderCircles([...shared, ['src/a/part/x.ts', 'src/b/z.ts']])).toEqual([
    ['src/a/index.ts', 'src/a/part', 'src/b'],
  ]);
});
