import { startPostgres } from '../../src/db/index.ts';

/** A process that owns or adopts the PostgreSQL of a folder until it's told to stop; prints what it found as JSON. */
const postgres = await startPostgres({
  dataFolder: process.argv[2] as string,
  settings: ['fsync=off'],
  onRestart: (reason) => process.stderr.write(`${reason}\n`),
});
process.stdout.write(`${JSON.stringify({ url: postgres.url, adopted: postgres.adopted })}\n`);
const stay = setInterval(() => undefined, 1000);
process.once('SIGTERM', async () => {
  clearInterval(stay);
  await postgres.stop();
});
