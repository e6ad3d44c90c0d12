/**
 * What uploads cost in memory: ten files of 200 MB at once, in chunks as a network brings them, against a server in a
 * process of its own. Prints how much its resident memory grows at most, and exits with 1 where that is 32 MB or more.
 */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '../test/helpers/run-command-line.ts';
import { printTable } from './helpers/print-table.ts';

const uploads = 10;
const fileBytes = 200_000_000;
const growthMibMax = 32;

const folder = await mkdtemp(join(tmpdir(), 'troupe-uploads-'));
const { child, output } = startProcess(['bin/troupe.mjs', 'serve'], {
  PORT: '0',
  TROUPE_DATA_DIR: folder,
  TROUPE_FILES_BYTES: String(uploads * fileBytes * 2),
  TROUPE_LOG_LEVEL: 'error',
});
try {
  while (!output.stdout.includes('answers at')) await once(child.stdout as NodeJS.ReadableStream, 'data');
  const port = Number(/answers at http:\/\/[^:]+:(\d+)/.exec(output.stdout)?.[1]);
  const key = /sk-\w+/.exec(output.stdout)?.[0] ?? '';
  // The first ones load code and fill caches, which is no cost of a file.
  await Promise.all(Array.from({ length: uploads }, () => upload(port, key, 1_000_000)));
  const before = await readResidentMib(child.pid);
  let most = before;
  const timer = setInterval(async () => {
    most = Math.max(most, await readResidentMib(child.pid));
  }, 50);
  const began = performance.now();
  await Promise.all(Array.from({ length: uploads }, () => upload(port, key, fileBytes)));
  clearInterval(timer);
  const seconds = (performance.now() - began) / 1000;
  const grown = most - before;
  printTable(`${uploads} uploads of ${fileBytes / 1e6} MB at once`, [
    { what: 'resident before', measured: `${before.toFixed(0)} MiB`, bar: '', reached: null },
    {
      what: 'grown by at most',
      measured: `${grown.toFixed(1)} MiB`,
      bar: `< ${growthMibMax} MiB`,
      reached: grown < growthMibMax,
    },
    {
      what: 'taken together',
      measured: `${((uploads * fileBytes) / 1e6 / seconds).toFixed(0)} MB/s`,
      bar: '',
      reached: null,
    },
  ]);
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
  await rm(folder, { recursive: true, force: true });
}

async function upload(port: number, key: string, bytes: number): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  const start = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n\u00ff\u00d8\u00ff\u00e0';
  const end = '\r\n--b--\r\n';
  const head = [
    'POST /api/v1/files/upload/stream HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${key}`,
    'Content-Type: multipart/form-data; boundary=b',
    `Content-Length: ${start.length + bytes - 4 + end.length}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.write(Buffer.from(start, 'latin1'));
  const chunk = Buffer.alloc(65_536, 'troupe');
  for (let left = bytes - 4; left > 0; left -= chunk.length) {
    if (!socket.write(left < chunk.length ? chunk.subarray(0, left) : chunk)) await once(socket, 'drain');
  }
  socket.write(end);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  if (!answer.toString().startsWith('HTTP/1.1 200')) throw new Error(answer.toString());
}

async function readResidentMib(processId: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
