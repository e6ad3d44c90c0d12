import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from './find-free-port.ts';
import { until } from './until.ts';

export interface PgBouncer extends AsyncDisposable {
  /** The same database through the pooler. */
  url: string;
}

/** Where Debian and others install it. */
export const pgbouncer = '/usr/sbin/pgbouncer';

/** A real PgBouncer before the database, as a user other than root, whom it refuses. */
export async function startPgBouncer(databaseUrl: string, mode: string, poolSize: number): Promise<PgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-pgbouncer-'));
  const port = await findFreePort();
  const target = new URL(databaseUrl);
  const name = target.pathname.slice(1);
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(
    file,
    `[databases]
${name} = host=127.0.0.1 port=${target.port} dbname=${name} user=${target.username} password=${target.password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${poolSize}
`,
    { mode: 0o644 },
  );
  await chmod(folder, 0o755);
  const asUser = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(pgbouncer, ['-q', ...asUser, file], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  await until('PgBouncer listens', async () => {
    const socket = connect(port, '127.0.0.1');
    const listens = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    return listens;
  });
  return {
    url: `postgres://${target.username}@127.0.0.1:${port}/${name}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
