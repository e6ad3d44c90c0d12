import { type Context, describeFault, expire } from '../flow/index.ts';
import { readDatabaseClock } from '../jobs/index.ts';
import { createClockJudge } from './judge-clock.ts';

const sweepEveryMs = 600_000;

/** One sweep at a time, the first at once; none while the clock is in doubt, as what a sweep deletes is gone. */
export function startSweeps(context: Context): { close(): Promise<void> } {
  const { clock, database, log } = context;
  const stop = new AbortController();
  const judgeClock = createClockJudge({
    now: () => clock.now(),
    steadyMs: () => performance.now(),
    readOther: () => readDatabaseClock(database.db),
  });
  let isInDoubt = false;

  async function sweep(): Promise<void> {
    const doubt = await judgeClock();
    if (doubt !== null && !isInDoubt)
      log.warn({ reason: doubt }, 'nothing is deleted for now, as the clock may be wrong');
    if (doubt === null && isInDoubt) log.info('the clock is believed again, and what has run out is deleted');
    isInDoubt = doubt !== null;
    if (doubt === null) await expire(context, stop.signal);
  }

  const ignoreStop = (error: unknown) => {
    if (!stop.signal.aborted) log.warn(describeFault(error), 'a sweep was interrupted and will run again');
  };
  let running = sweep().catch(ignoreStop);
  const timetable = setInterval(() => {
    running = running.then(sweep).catch(ignoreStop);
  }, sweepEveryMs);
  return {
    async close() {
      clearInterval(timetable);
      stop.abort();
      await running;
    },
  };
}
