import { isConnectionLost } from './errors.ts';
import { describePlace } from './parse-database-url.ts';

/** What PostgreSQL refuses at a start, by SQLSTATE (its manual, appendix A), with the way out. */
const remedies: Readonly<Record<string, string>> = {
  '28P01': 'mend user and password in DATABASE_URL',
  '28000': 'mend the user in DATABASE_URL, or let it in there (pg_hba.conf)',
  '3D000': "mend the name at its end in DATABASE_URL, or make the database with 'createdb'",
  '42501': "let the user own the database: 'ALTER DATABASE … OWNER TO …', or 'GRANT CREATE ON SCHEMA public TO …'",
  '25006': 'DATABASE_URL leads to a copy that only reads: name the main server',
  '53100': "the database's disk is full: make room there",
};

/** PostgreSQL's own code, for errors of pg that have none. */
const connectionFailure = '08006';

/**
 * What a start without its database ends with: one sentence that names the place, without a password, the reason and the
 * remedy. It counts as a lost connection where the other did. Other errors as they are.
 */
export function explainFailure(error: unknown, url: string): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: string };
  const reason =
    error instanceof AggregateError
      ? (error.errors as Error[]).map(({ message }) => message).join(', ')
      : error.message;
  const remedy = remedies[code ?? ''] ?? (isConnectionLost(error) ? 'start it, or mend DATABASE_URL' : undefined);
  if (remedy === undefined) return error;
  const words = `the database at ${describePlace(url)} can't be used (${reason}): ${remedy}`;
  return Object.assign(new Error(words, { cause: error }), { code: code ?? connectionFailure });
}
