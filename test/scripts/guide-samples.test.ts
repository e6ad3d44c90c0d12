import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;

/** The TypeScript of every guide, as a file beside `client/`, where the guides say to save it. */
async function listSamples(): Promise<Map<string, string>> {
  const names = (await readdir(join(root, 'docs/guides'))).map((name) => `docs/guides/${name}`);
  const samples = new Map<string, string>();
  for (const name of ['README.md', ...names]) {
    const fences = (await readFile(join(root, name), 'utf8')).matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```$/gm);
    for (const [at, [, code]] of [...fences].entries()) {
      samples.set(join(root, `${name.replaceAll(/\W/g, '-')}-${at}.ts`), code ?? '');
    }
  }
  return samples;
}

/** What the compiler says of files that lie nowhere, by the settings of this repository. */
function checkTypes(samples: ReadonlyMap<string, string>): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => samples.has(path) || fileExists(path);
  host.getSourceFile = (path, language, ...rest) => {
    const text = samples.get(path);
    return text === undefined ? getSourceFile(path, language, ...rest) : ts.createSourceFile(path, text, language);
  };
  const program = ts.createProgram([...samples.keys()], { ...options, noEmit: true, skipLibCheck: true }, host);
  return [...samples.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${path.slice(root.length)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

test('the TypeScript of every guide fits the client, and what does not is named', { timeout: 600_000 }, async () => {
  const samples = await listSamples();
  expect(samples.size).toBeGreaterThan(2);
  expect(checkTypes(samples)).toEqual([]);

  const path = join(root, 'planted.ts');
  const planted = "import { createClient } from './client/index.ts';\ncreateClient({ baseUrl: 1 });\n";
  expect(checkTypes(new Map([[path, planted]]))).toEqual([expect.stringMatching(/^planted\.ts: /)]);
});
