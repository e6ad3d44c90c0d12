import type pg from 'pg';

interface Internals {
  connection: { stream: { cork(): void; uncork(): void } };
}

/**
 * A pg client for fewer trips: what is said in one turn of the event loop goes out in one write, without waiting for the
 * answers in between (pg's pipeline mode), and BEGIN waits for the first statement of its transaction to go with it. A
 * transaction that never says anything never begins. `begin` is what is sent for BEGIN.
 */
export function pipelineStatements(Client: typeof pg.Client, begin = 'begin'): typeof pg.Client {
  return class extends Client {
    #beginWaits = false;

    constructor(config?: string | pg.ClientConfig) {
      super({
        ...(typeof config === 'string' ? { connectionString: config } : config),
        pipeline: true,
      } as pg.ClientConfig);
    }

    // biome-ignore lint/suspicious/noExplicitAny: handed over as it came; pg's query has a dozen overloads
    override query(...args: any[]): any {
      const [text] = args;
      if (text === 'begin') {
        this.#beginWaits = true;
        return Promise.resolve(nothing);
      }
      if (this.#beginWaits && (text === 'commit' || text === 'rollback')) {
        this.#beginWaits = false;
        return Promise.resolve(nothing);
      }
      this.#writeTogether();
      const query = super.query as (...args: unknown[]) => Promise<unknown>;
      if (this.#beginWaits) {
        this.#beginWaits = false;
        // When it fails, so does the statement behind it, and that one has a caller.
        query.call(this, begin).catch(() => undefined);
      }
      return query.apply(this, args);
    }

    /** Ticks run after the promises that are ready now, so their statements are in the same write. */
    #writeTogether(): void {
      const { stream } = (this as unknown as Internals).connection;
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
  };
}

const nothing = { rows: [], rowCount: 0, command: '', oid: 0, fields: [] };
