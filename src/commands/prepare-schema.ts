import { deliverQueue } from '../callbacks/index.ts';
import { connect, migrate, type Way } from '../db/index.ts';
import { migrationsFolder } from '../folders.ts';
import { openJobs } from '../jobs/index.ts';
import { workQueues } from '../tasks/index.ts';

/** The schemas that hold what is kept: this program's own, and its job engine's. */
export const keptSchemas = ['public', 'jobs'] as const;

/** What an empty database holds once its tables are made, and by which table it is known as this program's. */
export const freshTables = {
  madeBy: 'public.migrations',
  seeded: ['public.migrations', 'jobs.version', 'jobs.queue'],
} as const;

/** Makes all tables of a database, or brings them to the newest schema, as a server does at its start. */
export async function prepareSchema(way: Way): Promise<void> {
  const onError = () => undefined; // a broken connection fails the statement that uses it
  const database = connect({ ...way, connectionsMax: 1, onError });
  try {
    await migrate(database.db, migrationsFolder);
    const engineDatabase = connect({ ...way, connectionsMax: 1, onError });
    const queues = [...Object.values(workQueues), deliverQueue];
    const jobs = await openJobs({ database, engineDatabase, queues, supervise: false, onError });
    await jobs.close();
  } finally {
    await database.close();
  }
}
