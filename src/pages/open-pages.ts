import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { buildPages } from './build-pages.ts';
import { hashSources } from './hash-sources.ts';
import { loadPages, type Page } from './load-pages.ts';

type PagesState =
  | { is: 'building' }
  | { is: 'ready'; files: ReadonlyMap<string, Page> }
  | { is: 'failed'; reason: string };

/** The pages as they are now; they come while the server answers already. */
export interface Pages {
  state(): PagesState;
  /** Resolves when they are ready or have failed. */
  settled: Promise<void>;
  /** Ends a build that is under way. */
  close(): Promise<void>;
}

/**
 * Takes the built pages in `packedFolder`, else builds those of the repository at `root`, once for all starts with the same
 * sources. Never throws: a server whose pages can't be built answers everything else, and says at their address why.
 */
export function openPages({ root, packedFolder, log }: { root: string; packedFolder: string; log: Logger }): Pages {
  const stop = new AbortController();
  let state: PagesState = { is: 'building' };

  async function open(): Promise<void> {
    const isPacked = existsSync(join(packedFolder, 'index.html'));
    // Inside node_modules: what an installation may write and version control leaves out.
    const folder = isPacked
      ? packedFolder
      : join(root, 'node_modules', '.cache', 'troupe-console', await hashSources(root));
    if (!isPacked) await buildPages(root, folder, stop.signal);
    state = { is: 'ready', files: await loadPages(folder) };
  }

  const settled = open().catch((error) => {
    const reason = (error as Error).message;
    state = { is: 'failed', reason };
    if (!stop.signal.aborted) log.warn({ reason }, "the console's pages could not be built");
  });
  return {
    state: () => state,
    settled,
    async close() {
      stop.abort();
      await settled;
    },
  };
}
