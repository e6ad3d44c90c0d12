/**
 * One process of a race: makes the videos that its arguments name, on the database and stand-in that its environment
 * names, all at once, each with one element; prints `ready`, waits for a line, and prints `done` at the end.
 */
import { once } from 'node:events';
import { connect } from '../../../src/db/index.ts';
import { castOfPictures, closeMedia, openEngine, orderVideo, tools } from './open-engine.ts';

const { DATABASE_URL = '', STAND_IN_URL = '', ELEMENT_ID = '', ...environment } = process.env;
const database = connect({ url: DATABASE_URL, connectionsMax: 8, onError: () => undefined });
const engine = openEngine(database.db, STAND_IN_URL, { environment: environment as Record<string, string> });
process.stdout.write('ready\n');
await once(process.stdin, 'data');
try {
  const cast = ELEMENT_ID === '' ? [] : [castOfPictures(ELEMENT_ID)];
  await Promise.all(
    process.argv.slice(2).map(async (task) => engine.videos.makeVideo(await orderVideo(task, { cast }), tools())),
  );
  process.stdout.write('done\n');
} finally {
  await engine.close();
  await closeMedia();
  await database.close();
  process.stdin.destroy();
}
