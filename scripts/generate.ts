import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateApiPage } from './generate-api-page.ts';
import { generateClientTypes } from './generate-client-types.ts';
import { generateDashboard } from './generate-dashboard.ts';
import { generateEnvExample } from './generate-env-example.ts';
import { generateErrorCodes } from './generate-error-codes.ts';
import { generateImportTable } from './generate-import-table.ts';
import { generateKernels } from './generate-kernels.ts';
import { generateModelAbilities } from './generate-model-abilities.ts';
import { generateOpenapi } from './generate-openapi.ts';

const root = join(fileURLToPath(import.meta.url), '../..');
const kernelFolders = [
  'src/media/networks/runner',
  'src/media/networks/things',
  'src/media/animatic/frame',
  'src/media/animatic/assets/planes',
  'src/media/animatic/clip',
];

/** The committed files that are made from the source: path in the repository → text. */
export async function generateFiles(): Promise<Map<string, string>> {
  const openapi = await generateOpenapi();
  return new Map([
    ['openapi.json', openapi],
    ['.env.example', generateEnvExample()],
    ['client/types.ts', await generateClientTypes(openapi)],
    ['client/error-codes.ts', generateErrorCodes()],
    ['console/pages/studio/model-abilities.ts', generateModelAbilities()],
    ['docs/api.md', generateApiPage(openapi)],
    ['deploy/grafana-dashboard.json', generateDashboard()],
    ...(await generateAllKernels()),
    ['ARCHITECTURE.md', await generateImportTable(join(root, 'ARCHITECTURE.md'))],
  ]);
}

async function generateAllKernels(): Promise<[path: string, text: string][]> {
  return Promise.all(
    kernelFolders.map(async (folder): Promise<[string, string]> => {
      return [`${folder}/kernels-binary.ts`, await generateKernels(join(root, folder, 'kernels.wat'))];
    }),
  );
}

/** Paths of the committed files that differ from what the source makes. */
export async function listDrifted(): Promise<string[]> {
  const drifted: string[] = [];
  for (const [path, text] of await generateFiles()) {
    const committed = await readFile(join(root, path), 'utf8').catch(() => null);
    if (committed !== text) drifted.push(path);
  }
  return drifted;
}

async function main(words: readonly string[]): Promise<void> {
  if (!words.includes('--check')) {
    for (const [path, text] of await generateFiles()) await writeFile(join(root, path), text);
    return;
  }
  const drifted = await listDrifted();
  if (drifted.length === 0) return;
  process.stderr.write(`not what the source makes: ${drifted.join(', ')}; run npm run generate and commit\n`);
  process.exitCode = 1;
}

if (import.meta.main) await main(process.argv.slice(2));
