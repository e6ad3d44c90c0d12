import type { ColumnType, Generated } from 'kysely';
import type { Role } from './roles.ts';

interface AccountsTable {
  id: Generated<number>;
  name: string;
  /** One: the newest. Older ones that are still valid stand in `retired_callback_secrets`. */
  callback_secrets: string[];
  callback_secret_created_at: Generated<Date>;
  created_at: Generated<Date>;
}

interface RetiredCallbackSecretsTable {
  account_id: number;
  secret: string;
  created_at: Date;
  expires_at: Date;
}

interface ApiKeysTable {
  id: Generated<number>;
  account_id: number;
  name: string;
  role: Generated<Role>;
  digest: Buffer;
  hint: string;
  /** The public half of its pair; the secret one is derived from it and stored nowhere. */
  access_key: string | null;
  allowed_models: string[] | null;
  total_limit_microcredits: number | null;
  daily_limit_microcredits: number | null;
  used_microcredits: Generated<number>;
  used_today_microcredits: Generated<number>;
  /** A day in UTC. Never selected as it is: pg would make it midnight in the local time zone. */
  used_today_on: ColumnType<never, never, never>;
  expires_at: Date | null;
  disabled_at: Date | null;
  last_used_at: Date | null;
  created_at: Generated<Date>;
}

interface KeySessionsTable {
  digest: Buffer;
  key_id: number;
  created_at: Date;
  used_at: Date;
  expires_at: Date;
}

interface SignInLinksTable {
  digest: Buffer;
  key_id: number;
  expires_at: Date;
}

declare module '../db/connect.ts' {
  interface Tables {
    accounts: AccountsTable;
    api_keys: ApiKeysTable;
    retired_callback_secrets: RetiredCallbackSecretsTable;
    key_sessions: KeySessionsTable;
    sign_in_links: SignInLinksTable;
  }
}
