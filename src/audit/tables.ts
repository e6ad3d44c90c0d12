import type { ColumnType, Generated } from 'kysely';
import type { Actor } from './schema.ts';

interface AuditLinesTable {
  id: Generated<number>;
  changed_at: Generated<Date>;
  actor: Actor;
  action: string;
  subject: string;
  account_id: number | null;
  details: ColumnType<Record<string, unknown>, string, never>;
}

declare module '../db/connect.ts' {
  interface Tables {
    audit_lines: AuditLinesTable;
  }
}
