import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Builds the pages into `folder`, unless it's there: in another process, beside it first, so that two that
 * build at once make one whole folder. Throws with what the build said.
 */
export async function buildPages(root: string, folder: string, signal: AbortSignal): Promise<void> {
  if (await isThere(folder)) return;
  const parent = join(folder, '..');
  await mkdir(parent, { recursive: true });
  const draft = await mkdtemp(join(parent, 'draft-'));
  try {
    await runBuild(root, draft, signal);
    // Another process may have been first.
    await rename(draft, folder).catch(async (error) => {
      if (!(await isThere(folder))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function isThere(folder: string): Promise<boolean> {
  return await stat(join(folder, 'index.html')).then(
    () => true,
    () => false,
  );
}

function runBuild(root: string, folder: string, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const said: Buffer[] = [];
    const child = spawn(process.execPath, [join(root, 'scripts/build-console.mjs'), folder], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => said.push(bytes));
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) done();
      else fail(new Error(Buffer.concat(said).toString().trim().slice(-2000) || `it ended with ${code}`));
    });
  });
}
