import type { Role, TroupeProcess } from './troupe-process.ts';
import type { World } from './world.ts';

/** The processes that play, each under its part's name; one that is killed is brought back under the same one. */
export interface Cast {
  parts: Map<string, TroupeProcess>;
  paused: Set<string>;
  deaths: { pid: number; at: number }[];
  restart(part: string): void;
  /** Starts what is missing and waits until the API answers. */
  bringBack(): Promise<void>;
  /** Processes that ended without having been killed by us. */
  surprises(): string[];
  stop(): Promise<void>;
}

/** `api` runs already; the workers are started. */
export async function createCast(world: World, api: TroupeProcess): Promise<Cast> {
  const roles: Record<string, Role> = { api: 'api', 'worker 1': 'worker', 'worker 2': 'worker' };
  const parts = new Map([['api', api]]);
  for (const part of ['worker 1', 'worker 2']) parts.set(part, world.start('worker'));
  const deaths: Cast['deaths'] = [];
  const cast: Cast = {
    parts,
    paused: new Set(),
    deaths,
    restart(part) {
      if (!world.isOver()) parts.set(part, world.start(roles[part] as Role));
    },
    async bringBack() {
      for (const [part, one] of parts) if (one.hasEnded()) cast.restart(part);
      await parts.get('api')?.ready();
    },
    surprises() {
      const killed = new Set(deaths.map(({ pid }) => pid));
      return world
        .processes()
        .filter((one) => one.hasEnded() && !killed.has(one.pid))
        .map((one) => `${one.role} ${one.pid} ended by itself: ${one.output().slice(-600)}`);
    },
    async stop() {
      for (const one of parts.values()) one.signal('SIGTERM');
      await Promise.all([...parts.values()].map((one) => one.ended));
    },
  };
  return cast;
}
