import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { connect, migrate, startPostgres } from '../../src/db/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/**
 * One real PostgreSQL for the whole run, with a migrated template that each test file clones (`openTestDatabase`).
 * fsync is off here alone: nothing in a test's database is worth keeping, and what a crash leaves is proved elsewhere
 * with fsync on.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-test-'));
  const postgres = await startPostgres({ dataFolder: folder, settings: ['fsync=off', 'full_page_writes=off'] });
  await makeTemplate(postgres.url);
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function makeTemplate(url: string): Promise<void> {
  const admin = connect({ url, connectionsMax: 1, onError: () => undefined });
  await sql`create database template_migrated`.execute(admin.db);
  await admin.close();
  const templateUrl = new URL(url);
  templateUrl.pathname = '/template_migrated';
  const template = connect({ url: templateUrl.href, connectionsMax: 2, onError: () => undefined });
  await migrate(template.db, new URL('../../migrations', import.meta.url).pathname);
  await template.close();
}
