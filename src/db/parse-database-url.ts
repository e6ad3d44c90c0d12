import pg from 'pg';

/**
 * Takes an address of PostgreSQL as pg will understand it, and returns it as it is. Throws an Error with the rule that was broken,
 * which holds nothing of the address: a password may be in it.
 */
export function parseDatabaseUrl(text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text)) {
    throw new Error('must begin with postgres://, as in postgres://user:password@host:5432/name');
  }
  try {
    const { host, port } = readAddress(text);
    // pg takes a word that is no number for no port at all.
    if (host !== '' && Number.isInteger(port)) return text;
  } catch {
    // told below
  }
  throw new Error(
    "can't be read as postgres://user:password@host:5432/name: signs such as / @ : # % ? in user and password are written as %2F %40 %3A %23 %25 %3F",
  );
}

/** The place that an address names, without user and password. */
export function describePlace(url: string): string {
  const { host, port, database } = readAddress(url);
  return `${host}:${port}/${database ?? ''}`;
}

/** As pg reads it, without the parameters that say how to encrypt: pg has words and files of its own to read for those. */
function readAddress(url: string): pg.Client {
  const [address = '', query = ''] = url.split('?', 2);
  const parameters = [...new URLSearchParams(query)].filter(([name]) => ['host', 'port', 'dbname'].includes(name));
  return new pg.Client({ connectionString: `${address}?${new URLSearchParams(parameters)}` });
}
