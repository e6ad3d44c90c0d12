import type pg from 'pg';

/**
 * A pg client that gives a connection up when the server leaves a statement unanswered for `answerMs`: a server that is
 * stopped, or a network that swallows packets, would otherwise hold every caller for as long as it likes. The statement
 * fails as on any lost connection, and so does the outcome of a COMMIT: unknown. (pg's own `query_timeout` would hand
 * the connection back to the pool with the statement still running on it.)
 */
export function withAnswerTimeout(Client: typeof pg.Client, answerMs: number): typeof pg.Client {
  return class extends Client {
    #timer: NodeJS.Timeout | undefined;

    constructor(config?: string | pg.ClientConfig) {
      super(config);
      this.on('drain', () => this.#answered());
      this.on('end', () => this.#answered());
    }

    // biome-ignore lint/suspicious/noExplicitAny: handed over as it came; pg's query has a dozen overloads
    override query(...args: any[]): any {
      this.#timer ??= setTimeout(() => this.#cutOff(), answerMs);
      const query = super.query as (...args: unknown[]) => unknown;
      return query.apply(this, args);
    }

    #answered(): void {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }

    #cutOff(): void {
      const { stream } = (this as unknown as { connection: { stream: { destroy(error: Error): void } } }).connection;
      stream.destroy(new Error(`Connection terminated: the database left a statement unanswered for ${answerMs} ms`));
    }
  };
}
