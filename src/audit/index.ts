/**
 * Owns the audit lines: who (an operating system user or a key) changed what, and when. Append-only.
 * Not access lines (http), not amounts (credits). Holds no secret: callers hand in names, ids and limits alone.
 * Invariant: a line is written in the transaction of its change, so neither exists without the other; after a change that no
 * transaction holds, such as one of files, right behind it.
 */
export { listAuditLines, noteChange } from './queries.ts';
export type { Actor, Change } from './schema.ts';
