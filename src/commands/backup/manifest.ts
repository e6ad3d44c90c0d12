import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { compileCheck } from '../../lib/compile-check.ts';

/** A backup's `manifest.json`, written last: a folder without it is no backup. */
export const BackupManifest = Type.Object({
  format: Type.Literal(1),
  /** Of the program that made it. */
  version: Type.String(),
  /** When the database was looked at; every row is of this moment. */
  taken_at: Type.String(),
  /** The migrations that the database had, and its job engine's schema. */
  schema: Type.Array(Type.String()),
  tables: Type.Array(
    Type.Object({
      name: Type.String(),
      columns: Type.Array(Type.String()),
      rows: Type.Integer(),
      digest: Type.String(),
      /** Its rows as COPY writes text, compressed by gzip; a path below the backup's folder. */
      file: Type.String({ pattern: '^database/[\\w.-]+$' }),
      /** Of that file. */
      sha256: Type.Optional(Type.String()),
    }),
  ),
  sequences: Type.Array(Type.Object({ name: Type.String(), last_value: Type.Integer(), is_called: Type.Boolean() })),
  storage_identity: Type.Union([Type.String(), Type.Null()]),
  /** Null for a backup of the database alone. */
  files: Type.Union([
    Type.Object({ count: Type.Integer(), size_bytes: Type.Integer(), list_sha256: Type.String() }),
    Type.Null(),
  ]),
});

/** What `manifest.json` holds. */
export type BackupManifest = Static<typeof BackupManifest>;

export const manifestName = 'manifest.json';

/** One line of JSON for each stored file: `key`, `size_bytes`, `sha256`; the bytes lie at `files/<key>`. */
export const fileListName = 'files.ndjson';

const check = compileCheck(BackupManifest, manifestName);

/** Throws an Error that says what is wrong with the folder. */
export async function loadManifest(folder: string): Promise<BackupManifest> {
  const path = join(folder, manifestName);
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    throw new Error(`${folder} holds no whole backup: it has no ${manifestName}, which is written last`);
  });
  if (!found.isFile()) throw new Error(`${path} is no plain file: the backup is damaged`);
  const text = await readFile(path, 'utf8');
  const checked = check(parse(text, folder));
  if (checked.ok) return checked.value;
  throw new Error(`${folder}: ${checked.invalid.message}`);
}

function parse(text: string, folder: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${join(folder, manifestName)} is no JSON: the backup is damaged`, { cause });
  }
}
