import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../db/index.ts';

/** The secret that links are signed with: drawn by the process that asks first, the same for all of them ever after. */
export async function loadLinkSecret(db: Db): Promise<Buffer> {
  await sql`insert into server_secrets (name, secret) values ('links', ${randomBytes(32)})
    on conflict (name) do nothing`.execute(db);
  const { rows } = await sql<{ secret: Buffer }>`select secret from server_secrets where name = 'links'`.execute(db);
  return (rows[0] as { secret: Buffer }).secret;
}
