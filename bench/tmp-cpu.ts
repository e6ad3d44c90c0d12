import { readdirSync, readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { runLoad } from './helpers/run-load.ts';
import { createKeys, startBench } from './helpers/start-bench.ts';
import { startReceiver } from './helpers/start-receiver.ts';
import { elementBody, submit } from './helpers/submit.ts';

function cpu(filter: (cmd: string, pid: number) => boolean) {
  let t = 0;
  for (const p of readdirSync('/proc')) {
    if (!/^\d+$/.test(p)) continue;
    try {
      const cmd = readFileSync(`/proc/${p}/cmdline`, 'utf8');
      if (!filter(cmd, Number(p))) continue;
      const f = readFileSync(`/proc/${p}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
      t += Number(f[11]) + Number(f[12]) + Number(f[13]) + Number(f[14]);
    } catch {}
  }
  return t * 10;
}
const bench = await startBench();
await using receiver = await startReceiver(bench.dataFolder);
const server = await bench.startServer('serve', {
  TROUPE_ELEMENT_ENGINE: 'nothing',
  TROUPE_ALLOW_ADDRESSES: '127.0.0.0/8',
  TROUPE_BUILD_SLOTS: '32',
  NODE_EXTRA_CA_CERTS: receiver.caFile,
});
const keys = await createKeys(bench.database, 50);
const pool = new Pool(server.url, { connections: 100, pipelining: 1 });
const body = { ...elementBody, callback_url: receiver.url };
const pgPid = readFileSync(`${bench.dataFolder}/postgres/postmaster.pid`, 'utf8').split('\n')[0];
const snap = () => ({
  server: cpu((c, p) => p === server.process.pid),
  self: cpu((c, p) => p === process.pid),
  pg: cpu(
    (c, p) =>
      String(p) === pgPid ||
      (/postgres:/.test(c) && readFileSync(`/proc/${p}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1] === pgPid),
  ),
});
for (let r = 0; r < 3; r++) {
  const a = snap();
  const n0 = receiver.arrivals.length;
  const t0 = performance.now();
  await runLoad(
    100,
    4,
    async (lane) => {
      await receiver.waitFor(await submit(pool, keys[lane % 50]!, body));
    },
    0.1,
  );
  const b = snap();
  const n = receiver.arrivals.length - n0;
  const s = (performance.now() - t0) / 1000;
  console.log(
    `${(n / s).toFixed(0)}/s  cpu ms per task: server ${((b.server - a.server) / n).toFixed(2)} pg ${((b.pg - a.pg) / n).toFixed(2)} self ${((b.self - a.self) / n).toFixed(2)}`,
  );
}
await pool.close();
await bench.close();
