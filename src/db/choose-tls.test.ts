import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createLocalAuthority, createSelfSigned } from '../../test/helpers/local-tls.ts';
import { chooseTls, explainTls } from './choose-tls.ts';
import { connect } from './connect.ts';
import { type EmbeddedPostgres, startPostgres } from './embedded/start-postgres.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let url: string;
const authority = createLocalAuthority();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troupe-tls-'));
  const { cert, key } = createSelfSigned({ names: ['db.example'] });
  await writeFile(join(folder, 'server.pem'), cert);
  await writeFile(join(folder, 'server.key'), key, { mode: 0o600 });
  await writeFile(join(folder, 'other.pem'), authority.ca);
  postgres = await startPostgres({
    dataFolder: join(folder, 'data'),
    settings: [
      'fsync=off',
      'ssl=on',
      `ssl_cert_file=${join(folder, 'server.pem')}`,
      `ssl_key_file=${join(folder, 'server.key')}`,
    ],
  });
  url = overTcp(postgres.url);
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Without the Unix socket, which knows no TLS. */
function overTcp(address: string): string {
  const tcp = new URL(address);
  tcp.searchParams.delete('host');
  return tcp.href;
}

const withMode = (mode: string, more: Record<string, string> = {}, base = url) =>
  `${base}?${new URLSearchParams({ sslmode: mode, ...more })}`;

async function isEncrypted(chosen: string): Promise<boolean | undefined> {
  const database = connect({ url: chosen, connectionsMax: 1, onError: () => undefined });
  try {
    const { rows } = await sql<{ ssl: boolean }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(
      database.db,
    );
    return rows[0]?.ssl;
  } catch (error) {
    throw explainTls(error);
  } finally {
    await database.close();
  }
}

test.each([
  ['require', true],
  ['no-verify', true],
  ['prefer', true],
  ['allow', false],
  ['disable', false],
])('sslmode=%s with a self-signed certificate connects, encrypted: %s, without a warning', async (mode, encrypted) => {
  const warnings: string[] = [];
  const note = (warning: Error) => void warnings.push(warning.message);
  process.on('warning', note);
  expect(await isEncrypted(await chooseTls(withMode(mode)))).toBe(encrypted);
  process.off('warning', note);
  expect(warnings).toEqual([]);
});

test('a URL without a mode is encrypted where the server can, and PGSSLMODE is the mode of such a URL', async () => {
  expect(await isEncrypted(await chooseTls(url, ''))).toBe(true);
  expect(await isEncrypted(await chooseTls(url, 'disable'))).toBe(false);
});

test('prefer is plain where the server speaks no TLS, and require says so', async () => {
  const plain = overTcp(inject('postgresUrl'));
  expect(await isEncrypted(await chooseTls(withMode('prefer', {}, plain)))).toBe(false);
  await expect(isEncrypted(await chooseTls(withMode('require', {}, plain)))).rejects.toThrow(/sslmode=disable/);
});

test('verify-full, and require beside an authority, refuse a stranger in one sentence with the words to write', async () => {
  for (const chosen of [
    withMode('verify-full'),
    withMode('require', { sslrootcert: join(folder, 'other.pem') }),
    withMode('verify-full', { sslrootcert: 'system' }),
  ]) {
    const refused = isEncrypted(await chooseTls(chosen));
    await expect(refused).rejects.toThrow(/certificate isn't trusted .*sslrootcert=.*, or write sslmode=require/);
  }
});

test('verify-ca checks the authority and not the name, verify-full both', async () => {
  const sslrootcert = join(folder, 'server.pem');
  expect(await isEncrypted(await chooseTls(withMode('verify-ca', { sslrootcert })))).toBe(true);
  await expect(isEncrypted(await chooseTls(withMode('verify-full', { sslrootcert })))).rejects.toThrow(/isn't trusted/);
});

test('an unknown mode and verify-ca without an authority are refused with the rule', async () => {
  await expect(chooseTls(withMode('required'))).rejects.toThrow(/one of disable, allow, .*'required'/);
  await expect(chooseTls(withMode('verify-ca'))).rejects.toThrow(/needs sslrootcert/);
});

test('a Unix socket needs no TLS, whatever the mode', async () => {
  const { host } = new pg.Client({ connectionString: postgres.url });
  expect(await isEncrypted(await chooseTls(withMode('require', { host }, url)))).toBe(false);
});
