import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = new URL('../', import.meta.url).pathname;
const depcruise = new URL('../node_modules/.bin/depcruise', import.meta.url).pathname;
let copy: string;

/** Violations are planted in a copy, where no other test or tool meets them. */
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'troupe-imports-'));
  for (const name of ['src', 'cli', 'client', '.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    await cp(join(root, name), join(copy, name), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(async () => {
  await rm(copy, { recursive: true, force: true });
});

async function cruise(): Promise<{ modules: number; violations: string[] }> {
  const words = [depcruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'cli', 'client'];
  const { stdout } = await run(process.execPath, words, { cwd: copy, maxBuffer: 64 * 1024 * 1024 });
  const { totalCruised, violations } = JSON.parse(stdout).summary;
  const lines = violations.map((one: { rule: { name: string }; from: string }) => `${one.rule.name} ${one.from}`);
  return { modules: totalCruised, violations: lines };
}

const plants: Record<string, [string, string]> = {
  'rooms-do-not-know-each-other': ['src/credits/planted-a.ts', '../tasks/index.ts'],
  'ground-knows-no-product': ['src/db/planted-b.ts', '../tasks/index.ts'],
  'lib-imports-nothing': ['src/lib/planted-c.ts', '../db/index.ts'],
  'through-the-door-sign': ['src/flow/planted-d.ts', '../tasks/queries.ts'],
  'flow-below-doors': ['src/flow/planted-e.ts', '../http/app.ts'],
  'doors-do-not-know-each-other': ['src/worker/planted-f.ts', '../http/app.ts'],
  'client-stands-alone': ['client/planted-g.ts', '../src/tasks/index.ts'],
  'clients-through-client': ['cli/planted-h.ts', '../src/tasks/index.ts'],
  'media-stands-on-lib-alone': ['src/media/planted-i.ts', '../storage/index.ts'],
  'only-kling-knows-engines': ['src/credits/planted-k.ts', '../engines/index.ts'],
  'kling-takes-types-of-engines': ['src/kling/planted-l.ts', '../engines/index.ts'],
  'kling-folders-have-an-order': ['src/kling/api/planted-m.ts', '../videos/products.ts'],
  'kling-folders-below-elements': ['src/kling/account/planted-n.ts', '../tasks/queries.ts'],
  'kling-api-stands-alone': ['src/kling/api/planted-o.ts', '../errors.ts'],
  'no-test-code-in-the-program': ['src/tasks/planted-j.ts', '../../test/planted.ts'],
};

test('the import rules look at every file, hold today, and report a planted violation of each kind', async () => {
  const clean = await cruise();
  expect(clean.modules).toBeGreaterThan(100);
  expect(clean.violations).toEqual([]);
  await cp(join(root, 'test/import-rules.test.ts'), join(copy, 'test/planted.ts'), { recursive: true });
  for (const [path, target] of Object.values(plants)) await writeFile(join(copy, path), `import '${target}';\n`);
  const { violations } = await cruise();
  for (const [rule, [path]] of Object.entries(plants)) expect(violations).toContain(`${rule} ${path}`);
}, 90_000);
