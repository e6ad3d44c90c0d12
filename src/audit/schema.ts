/** Who changes something: `user:NAME` of the operating system, `key:ID`, or `server` for what a process does by itself. */
export type Actor = `user:${string}` | `key:${number}` | 'server';

/** What an audit line tells besides when. */
export interface Change {
  actor: Actor;
  /** What was done, room and verb: `key.disable`. */
  action: string;
  /** To what: `key:7`, `account:2`. */
  subject: string;
  /** The account that it concerns; null for none. */
  account_id: number | null;
  /** What is worth knowing later, such as the new values. Never a key, a secret or a signature. */
  details?: Readonly<Record<string, unknown>> | undefined;
}

export interface AuditLine extends Required<Change> {
  id: number;
  changed_at: Date;
}
