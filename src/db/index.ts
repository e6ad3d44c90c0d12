/**
 * Ground: PostgreSQL. Owns connecting, transactions, migrations and the embedded server; knows no table.
 * A function that touches data takes `db` first, a pool or a transaction alike: the flow decides which.
 */

export { allSettledOrThrow } from './all-settled-or-throw.ts';
export { chooseWay, type Way, type Ways } from './choose-way.ts';
export { connect, type Database, type Db, type Tables, transaction } from './connect.ts';
export { type EmbeddedPostgres, findRunningPostgres, startPostgres } from './embedded/start-postgres.ts';
export { isConnectionLost, isUniqueViolation } from './errors.ts';
export { explainFailure } from './explain-failure.ts';
export { migrate } from './migrate.ts';
export { describePlace, parseDatabaseUrl } from './parse-database-url.ts';
export { type Patience, retryWhileAway } from './retry-while-away.ts';
export { checkEmpty } from './transfer/check-empty.ts';
export type { Contents } from './transfer/contents.ts';
export { checkShapes, loadContents } from './transfer/load-contents.ts';
export { openSnapshot, type Snapshot } from './transfer/open-snapshot.ts';
export { withAdvisoryLock } from './with-advisory-lock.ts';
