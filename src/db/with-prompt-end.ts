import type pg from 'pg';

/**
 * A pg client whose connection is gone `endMs` after the last answer at the latest once it's told to end. A server that is stopped, or a network that
 * swallows packets, never closes it, and an open connection keeps the whole process from ending.
 */
export function withPromptEnd(Client: typeof pg.Client, endMs: number): typeof pg.Client {
  return class extends Client {
    // biome-ignore lint/suspicious/noExplicitAny: handed over as it came; pg's end has two overloads
    override end(...args: any[]): any {
      const { connection } = this as unknown as { connection: Internals };
      // Statements that are under way still get their answers, and it says goodbye behind them.
      const say = connection.end.bind(connection);
      connection.end = () => {
        const timer = setTimeout(() => connection.stream.destroy(), endMs);
        connection.once('end', () => clearTimeout(timer));
        return say();
      };
      const end = super.end as (...args: unknown[]) => unknown;
      return end.apply(this, args);
    }
  };
}

interface Internals {
  stream: { destroy(): void };
  end(): unknown;
  once(event: 'end', listener: () => void): void;
}
