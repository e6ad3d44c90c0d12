import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface TroupePlace {
  /** Folder of the repository. */
  root: string;
  dataFolder: string;
}

/**
 * Starts a command of Troupe on the demo's data folder. In a process group of its own, so that Ctrl-C reaches it once,
 * from us, and it can end in order.
 */
export function runTroupe(
  { root, dataFolder }: TroupePlace,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  const { DATABASE_URL: _, ...inherited } = process.env; // the demo shows the embedded default
  return spawn(process.execPath, [join(root, 'bin/troupe.mjs'), ...words], {
    cwd: root,
    env: { ...inherited, TROUPE_DATA_DIR: dataFolder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

/** The text that a stream has brought so far, its last part only when it is long. */
export function keepText(stream: NodeJS.ReadableStream | null): { text: string } {
  const kept = { text: '' };
  stream?.on('data', (chunk: Buffer) => {
    kept.text = (kept.text + chunk).slice(-16_384);
  });
  return kept;
}
