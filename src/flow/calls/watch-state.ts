import { statfs } from 'node:fs/promises';
import { deliverQueue } from '../../callbacks/index.ts';
import { measureQueues } from '../../jobs/index.ts';
import { workQueues } from '../../tasks/index.ts';
import type { Context } from '../context.ts';
import { checkReadiness } from './check-readiness.ts';

/**
 * Adds what is read at each look of a collector: queues, readiness, connections and the disk. The queues are those of all
 * processes, since they lie in the one database; the rest is this process's.
 */
export function watchState(context: Context): void {
  const { metrics, database } = context;
  const queues = [...Object.values(workQueues), deliverQueue];
  metrics.watch(
    {
      name: 'troupe_queue_jobs',
      help: 'Jobs of a queue: due, due later, or being worked on',
      labelNames: ['queue', 'state'],
    },
    async () => {
      const rows = await measureQueues(database.db, queues);
      return rows.flatMap(({ name, due, later, active }) =>
        Object.entries({ due, later, active }).map(([state, value]) => ({ labels: { queue: name, state }, value })),
      );
    },
  );
  metrics.watch(
    {
      name: 'troupe_queue_oldest_due_seconds',
      help: 'How long the oldest due job has been due',
      labelNames: ['queue'],
    },
    async () => {
      const rows = await measureQueues(database.db, queues);
      return rows.map(({ name, oldest_seconds }) => ({ labels: { queue: name }, value: oldest_seconds }));
    },
  );
  metrics.watch(
    { name: 'troupe_ready', help: '1 where a part is ok as /readyz says it, else 0', labelNames: ['part'] },
    async () => {
      const { parts } = await checkReadiness(context, 'api');
      return Object.entries(parts).map(([part, state]) => ({ labels: { part }, value: state === 'ok' ? 1 : 0 }));
    },
  );
  metrics.watch(
    { name: 'troupe_database_connections', help: 'Connections of the main pool', labelNames: ['state'] },
    async () => {
      const { totalCount, idleCount, waitingCount } = database.pool;
      const counts = { busy: totalCount - idleCount, idle: idleCount, waited_for: waitingCount };
      return Object.entries(counts).map(([state, value]) => ({ labels: { state }, value }));
    },
  );
  metrics.watch(
    { name: 'troupe_data_folder_free_bytes', help: 'Free space where the work folder lies, for an unprivileged user' },
    async () => {
      const { bavail, bsize } = await statfs(context.workFolder);
      return [{ labels: {}, value: bavail * bsize }];
    },
  );
}
