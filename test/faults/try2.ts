import { mkdtempSync, rmSync } from 'node:fs';
import { startPostgres } from '../../src/db/index.ts';
import { loseDatabase } from './database-away.ts';
import { fillDatabase, fillStorage } from './disk-full.ts';
import { starveOfFiles } from './few-files.ts';
import { race } from './races.ts';

const folder = mkdtempSync('/tmp/troupe-try-');
const postgres = await startPostgres({ dataFolder: folder });
try {
  if (process.argv[2] === 'race') console.log(await race(postgres.url));
  if (process.argv[2] === 'away')
    console.log(
      await loseDatabase(postgres.url, [
        { weather: 'cut', lastsMs: 3000 },
        { weather: 'cut_before_commit', lastsMs: 3000 },
        { weather: 'cut_after_commit', lastsMs: 3000 },
        { weather: 'silent', lastsMs: 25000 },
      ]),
    );
  if (process.argv[2] === 'disk') console.log(await fillStorage(postgres.url));
  if (process.argv[2] === 'diskdb') console.log(await fillDatabase());
  if (process.argv[2] === 'files') console.log(await starveOfFiles(postgres.url));
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true });
}
