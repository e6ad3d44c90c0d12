import { connect, type Socket } from 'node:net';
import { startTcp } from '../helpers/start-server.ts';

/** What becomes of connections to the database. */
export type Weather =
  /** Bytes pass. */
  | 'fair'
  /** Connections are torn down, new ones are closed at once. */
  | 'cut'
  /** Connections stand and nothing passes, as with a stopped server. */
  | 'silent'
  /** A COMMIT never reaches the server: its connection is torn down. */
  | 'cut_before_commit'
  /** A COMMIT reaches the server, its answer never comes back. */
  | 'cut_after_commit';

export interface DatabaseProxy extends AsyncDisposable {
  /** The database's address by way of the proxy. */
  url: string;
  /** Commits that were cut off so far. */
  cutCommits(): number;
  change(weather: Weather): void;
}

/** A TCP proxy in front of PostgreSQL that can lose what passes it at the worst moment. */
export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<{ near: Socket; far: Socket }>();
  let weather: Weather = 'fair';
  let cutCommits = 0;

  const server = await startTcp((near) => {
    if (weather === 'cut') return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    const pair = { near, far };
    pairs.add(pair);
    let deaf = false;
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    near.on('data', (bytes) => {
      const isCommit = /(^|[^a-z])commit\0/i.test(bytes.toString('latin1'));
      if (isCommit && weather === 'cut_before_commit') {
        cutCommits += 1;
        return end();
      }
      if (isCommit && weather === 'cut_after_commit') {
        cutCommits += 1;
        deaf = true;
      }
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (deaf) end();
      else near.write(bytes);
    });
    for (const socket of [near, far]) socket.on('close', end).on('error', end);
    if (weather === 'silent') hush(pair);
  });

  function hush({ near, far }: { near: Socket; far: Socket }): void {
    near.pause();
    far.pause();
  }

  const url = new URL(databaseUrl);
  url.port = String(server.port);
  url.hostname = '127.0.0.1';
  url.searchParams.delete('host'); // the Unix socket, which would go past the proxy
  return {
    url: url.href,
    cutCommits: () => cutCommits,
    change(next) {
      weather = next;
      for (const pair of [...pairs]) {
        if (next === 'cut') pair.near.destroy();
        else if (next === 'silent') hush(pair);
        else {
          pair.near.resume();
          pair.far.resume();
        }
      }
    },
    async [Symbol.asyncDispose]() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      await server[Symbol.asyncDispose]();
    },
  };
}
