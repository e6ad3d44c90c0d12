import { readFile } from 'node:fs/promises';
import { places } from './import-places.mjs';

const start = '<!-- made from scripts/import-places.mjs by npm run generate -->';
const end = '<!-- end -->';

/** ARCHITECTURE.md with its table of imports made anew; what stands around it stays as it was written. */
export async function generateImportTable(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${path} has lost the marks around its table of imports`);
  const rows = places.map(({ name, may, mayTakeTypesOf = [], door }) => {
    const targets = [...may, ...mayTakeTypesOf.map((other) => `types of ${other}`)];
    return `| \`${name}\`${door ? ' (door)' : ''} | ${targets.length === 0 ? 'nothing' : targets.join(', ')} |`;
  });
  const table = ['| Place | May import |', '| --- | --- |', ...rows].join('\n');
  return `${before}${start}\n\n${table}\n\n${end}${after}`;
}
