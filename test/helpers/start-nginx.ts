import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

/** Where Debian and others install it. */
export const nginx = '/usr/sbin/nginx';

/** A real nginx with one `server` block, which listens at `port` of 127.0.0.1, and nothing of the machine's own configuration. */
export async function startNginx(server: string, port: number): Promise<AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-nginx-'));
  const file = join(folder, 'nginx.conf');
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const folders = kinds.map((kind) => `${kind}_temp_path ${join(folder, kind)};`).join('\n');
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const main = `daemon off; ${user} pid ${join(folder, 'pid')}; worker_processes 1; error_log stderr;`;
  await writeFile(file, `${main}\nevents {}\nhttp {\naccess_log off;\n${folders}\n${server}\n}\n`);
  const child = spawn(nginx, ['-c', file, '-p', folder, '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const ended = once(child, 'exit');
  await until('nginx listens', async () => {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}: ${complaint}`);
    const socket = connect(port, '127.0.0.1');
    const listens = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    return listens;
  });
  return {
    async [Symbol.asyncDispose]() {
      // Its workers end with it at this signal, not at SIGKILL.
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
