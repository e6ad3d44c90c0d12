import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startPostgres } from '../../src/db/index.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { waitUntil } from './wait-until.ts';

/** A real PostgreSQL that a proof takes away and brings back, at the same address and with all that was committed. */
export interface OwnPostgres extends AsyncDisposable {
  readonly url: string;
  /**
   * Ends it whoever is connected, and waits until it has ended. `stopped`: as an operator stops it (fast shutdown); `crashed`: at once,
   * so that the next start has to recover.
   */
  end(how: 'stopped' | 'crashed'): Promise<void>;
  start(): Promise<void>;
}

/** PostgreSQL's own words for them: fast and immediate shutdown. */
const signals = { stopped: 'SIGINT', crashed: 'SIGQUIT' } as const;

export async function openPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-faults-away-'));
  const port = await findFreePort();
  let running: EmbeddedPostgres | null = null;
  const start = async () => {
    running = await startPostgres({ dataFolder: folder, settings: [`port=${port}`] });
  };
  const end = async (how: keyof typeof signals) => {
    const pidFile = join(folder, 'postgres', 'postmaster.pid');
    const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
    // Or it would be started again at once.
    running?.leave();
    running = null;
    process.kill(pid, signals[how]);
    await waitUntil('PostgreSQL has ended', 60_000, async () => (await readFile(pidFile).catch(() => null)) === null);
  };
  await start();
  const { url } = running as unknown as EmbeddedPostgres;
  return {
    url,
    end,
    start,
    async [Symbol.asyncDispose]() {
      if (running !== null) await end('stopped');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
