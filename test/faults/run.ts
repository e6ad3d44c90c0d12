import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../src/db/index.ts';
import { trials, tryFailpoint } from './failpoints.ts';

const folder = await mkdtemp(join(tmpdir(), 'troupe-faults-postgres-'));
const postgres = await startPostgres({ dataFolder: folder });
const names = process.argv[2]?.split(',') ?? Object.keys(trials);
const t = Date.now();
const queue = [...names];
await Promise.all(
  [1, 2, 3, 4].map(async () => {
    for (let n = queue.shift(); n; n = queue.shift()) {
      const s = Date.now();
      const w = await tryFailpoint(n, postgres.url).catch((e) => [`${n} threw ${e.stack}`]);
      console.log(n, Date.now() - s, w.length ? w : 'ok');
    }
  }),
);
console.log('total', Date.now() - t);
await postgres.stop();
await rm(folder, { recursive: true });
