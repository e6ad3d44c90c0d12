import type pg from 'pg';

/** A pg client that asks where its server is when it is made. */
export function withUrlOf(Client: typeof pg.Client, getUrl: () => string): typeof pg.Client {
  return class extends Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionString: getUrl() });
    }
  };
}
