import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileCheck } from '../../lib/compile-check.ts';
import { createRandomText } from '../../lib/random.ts';
import { Verdict } from './verdict.ts';

const checkVerdict = compileCheck(Verdict);

const pathIn = (dataFolder: string) => join(dataFolder, 'video-encoder.json');

/** What was found in a data folder; null where nothing was, or nothing that can be read. */
export async function loadVerdict(dataFolder: string): Promise<Verdict | null> {
  try {
    const checked = checkVerdict(JSON.parse(await readFile(pathIn(dataFolder), 'utf8')));
    return checked.ok ? checked.value : null;
  } catch {
    return null;
  }
}

/** Whole or not at all. Throws as the file system does. */
export async function keepVerdict(dataFolder: string, verdict: Verdict): Promise<void> {
  const part = `${pathIn(dataFolder)}.${createRandomText(12, '0123456789abcdef')}`;
  await writeFile(part, `${JSON.stringify(verdict, null, 2)}\n`);
  await rename(part, pathIn(dataFolder));
}
