import { readSecondsBelow } from './measure-tree.ts';
import { median } from './median.ts';
import { readCpuSeconds } from './read-cpu-seconds.ts';

/** Milliseconds of processor time for each call; `load` is this process. */
export interface Cost {
  server: number;
  database: number;
  load: number;
}

/**
 * Runs a load and says what each of its calls cost the processes: the server's, and those of the database's server. Every call of
 * the load goes through `count`.
 */
export function createCostMeter(pids: { server: number; database: number }) {
  const read = (): Cost => ({
    server: readCpuSeconds(pids.server),
    database: readCpuSeconds(pids.database) + readSecondsBelow(pids.database),
    load: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
  });
  return async <T>(run: (count: <R>(call: Promise<R>) => Promise<R>) => Promise<T>): Promise<T & { cost: Cost }> => {
    let calls = 0;
    const before = read();
    const result = await run(async (call) => {
      const answer = await call;
      calls += 1;
      return answer;
    });
    const after = read();
    const each = (name: keyof Cost) => ((after[name] - before[name]) * 1000) / calls;
    return { ...result, cost: { server: each('server'), database: each('database'), load: each('load') } };
  };
}

/** The median of each part, for a table. */
export function describeCosts(costs: readonly Cost[]): string {
  const part = (name: keyof Cost) => median(costs.map((cost) => cost[name])).toFixed(2);
  return `server ${part('server')} + database ${part('database')} + load ${part('load')} ms of processor time each`;
}
