import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const root = new URL('../', import.meta.url).pathname;
const depcruise = new URL('../node_modules/dependency-cruiser/bin/dependency-cruise.mjs', import.meta.url).pathname;

interface Report {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string }[] };
}

async function cruise(): Promise<Report['summary']> {
  const words = [depcruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'cli', 'client'];
  const { stdout } = await run(process.execPath, words, { cwd: root, maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: { stdout: string }) => error, // it exits with the number of violations
  );
  return (JSON.parse(stdout) as Report).summary;
}

test('the rules look at every file, hold today, and report a planted violation of each kind', async () => {
  const plants: Record<string, [string, string]> = {
    'rooms-do-not-know-each-other': ['src/credits/planted-a.ts', "import '../tasks/index.ts';\n"],
    'ground-knows-no-product': ['src/db/planted-b.ts', "import '../tasks/index.ts';\n"],
    'lib-imports-nothing': ['src/lib/planted-c.ts', "import '../db/index.ts';\n"],
    'through-the-door-sign': ['src/flow/planted-d.ts', "import '../tasks/queries.ts';\n"],
    'flow-below-doors': ['src/flow/planted-e.ts', "import '../http/app.ts';\n"],
    'doors-do-not-know-each-other': ['src/worker/planted-f.ts', "import '../http/app.ts';\n"],
    'client-stands-alone': ['client/planted-g.ts', "import '../src/tasks/index.ts';\n"],
    'media-stands-on-lib-alone': ['src/media/planted-h.ts', "import '../storage/index.ts';\n"],
  };
  const clean = await cruise();
  expect(clean.totalCruised).toBeGreaterThan(100);
  expect(clean.violations).toEqual([]);
  try {
    for (const [path, text] of Object.values(plants)) await writeFile(root + path, text);
    const { violations } = await cruise();
    for (const [rule, [path]] of Object.entries(plants)) {
      expect(violations.map((one) => `${one.rule.name} ${one.from}`)).toContain(`${rule} ${path}`);
    }
  } finally {
    for (const [path] of Object.values(plants)) await rm(root + path, { force: true });
  }
}, 90_000);
