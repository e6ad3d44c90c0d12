import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { downloadCodes } from '../../src/lib/safe-fetch/index.ts';

/** Where errors are made, and how their codes are written there. */
const sources = ['src/**/errors.ts', 'client/errors.ts'];
const pattern = /(?:code: |\| |fileError\(|const \w+ = )'([a-z_]+)'/g;

/** Never shown: the flow gives them the words of the product. */
const internal = new Set<string>(downloadCodes);

async function listCodes(): Promise<string[]> {
  const codes = new Set<string>();
  for (const path of globSync(sources)) {
    for (const [, code] of (await readFile(path, 'utf8')).matchAll(pattern)) codes.add(code as string);
  }
  return [...codes].filter((code) => !internal.has(code)).sort();
}

test('every code that can be raised has one entry in the error guide, and every entry a code', async () => {
  const guide = await readFile('docs/errors.md', 'utf8');
  const entries = [...guide.matchAll(/^### `([a-z_]+)`$/gm)].map(([, code]) => code as string);
  expect(entries.toSorted()).toEqual(await listCodes());
});

test('no code is written outside the files that make errors', async () => {
  // findings of the quality report warn and are no errors
  const noErrors = [
    'src/storage/conformance.ts',
    'src/media/subject/report-quality.ts',
    'src/media/views/steps/report-faces.ts',
    'src/media/views/steps/report-scenes.ts',
  ];
  const others = globSync('src/**/*.ts', { exclude: [...sources, ...noErrors, 'src/**/*.test.ts'] });
  const found: string[] = [];
  for (const path of others) {
    const text = await readFile(path, 'utf8');
    if (/code: '[a-z_]+'/.test(text) && !text.includes("code: 'invalid_request'")) found.push(path);
  }
  expect(found).toEqual([]);
});
