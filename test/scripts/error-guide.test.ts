import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { errorCodes } from '../../src/lib/errors.ts';

/** Where errors are made. */
const sources = ['src/**/errors.ts', 'client/errors.ts'];

async function listClientCodes(): Promise<string[]> {
  const text = await readFile('client/errors.ts', 'utf8');
  return [...text.matchAll(/(?:code: |\| |const \w+ = )'([a-z_]+)'/g)].map(([, code]) => code as string);
}

test('every code that can be raised has one entry in the error guide, and every entry a code', async () => {
  const guide = await readFile('docs/errors.md', 'utf8');
  const entries = [...guide.matchAll(/^### `([a-z_]+)`$/gm)].map(([, code]) => code as string);
  const codes = new Set<string>([...errorCodes, ...(await listClientCodes())]);
  expect(entries.toSorted()).toEqual([...codes].sort());
});

test('every code of the program is raised somewhere', async () => {
  const texts = await Promise.all(
    globSync('src/**/errors.ts', { exclude: ['src/lib/errors.ts'] }).map((path) => readFile(path, 'utf8')),
  );
  expect(errorCodes.filter((code) => !texts.some((text) => text.includes(`'${code}'`)))).toEqual([]);
});

test('no code is written outside the files that make errors', async () => {
  // findings of the quality report and of a finished video warn and are no errors
  const noErrors = [
    'src/kling/images/fetch-images.ts',
    'src/kling/videos/compare-result.ts',
    'src/media/image/report-first-only.ts',
    'test/helpers/describe-storage.ts',
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
