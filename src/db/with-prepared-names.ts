import type pg from 'pg';

/** Longer texts are one-offs (migrations, generated lists) and not worth a place in the server's memory. */
const textLengthMax = 8_000;

/** How many different statements one process names; beyond it, statements run unnamed. */
const statementsMax = 500;

/**
 * A pg client that names each parameterised statement, so that the server parses and plans it once per connection
 * instead of at every call. Statements are told apart by their text, which is constant per query function.
 */
export function withPreparedNames(Client: typeof pg.Client): typeof pg.Client {
  const names = new Map<string, string>();

  function nameOf(text: string): string | undefined {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size >= statementsMax || text.length > textLengthMax) return undefined;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  }

  return class extends Client {
    // biome-ignore lint/suspicious/noExplicitAny: pg's query has a dozen overloads; only (text, values) is changed
    override query(...args: any[]): any {
      const [text, values, ...rest] = args;
      const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
      const query = super.query as (...args: unknown[]) => unknown;
      return name === undefined ? query.apply(this, args) : query.call(this, { name, text, values }, ...rest);
    }
  };
}
