import { createHash } from 'node:crypto';
import { isConnectionLost } from '../../db/index.ts';
import {
  createFileId,
  dropArrival,
  type FileRow,
  fileQuotaExceeded,
  fileTooLarge,
  fileTypeNotTaken,
  finishArrival,
  renewArrival,
  reserveArrival,
  type StoredFile,
  uploadLapsed,
  uploadUnderWay,
} from '../../files/index.ts';
import { failpoint } from '../../lib/failpoint.ts';
import { sniffBytes, sniffMediaType } from '../../media/index.ts';
import type { Context } from '../context.ts';
import { keyOfFile } from '../storage/file-keys.ts';

export interface Upload {
  accountId: number;
  /** What the file has at least and at most, as far as it can be known before it comes. */
  leastBytes: number;
  mostBytes: number;
  /** The caller's own name of the upload: one that has come under it is answered again. */
  uploadId: string | null;
  /** Begins to bring the bytes; called once there is a place for them. Throws, and its bytes throw, what refuses them. */
  open(): Promise<AsyncIterable<Uint8Array>>;
  /** What is known of the file when all of it has come. Throws what refuses the rest of the request. */
  describe(): Promise<UploadNames>;
}

interface UploadNames {
  /** As the caller wants it called, and as it was called where it came from; empty where nobody said. */
  file_name: string;
  original_name: string;
  upload_path: string;
}

/** A place in the quota is renewed as often while bytes come, and lapses that long after the last time. */
const renewMs = 15_000;
const lapseMs = 60_000;

/**
 * Takes a file: reserves its place in the quota, puts the bytes into storage as they come, and makes it known in one
 * statement. Whatever goes wrong, nothing is left and the place is free; a killed process leaves a place that lapses
 * within a minute, and bytes that the sweep takes. Throws 409 `file_quota_exceeded`; 413 and 415 `invalid_request`; what
 * `upload` throws.
 */
export async function uploadFile(context: Context, upload: Upload): Promise<StoredFile> {
  const { clock, config, database } = context;
  const id = createFileId();
  const place = await reserveArrival(
    database.db,
    { id, account_id: upload.accountId, upload_id: upload.uploadId, ...chooseTimes(context) },
    { least: upload.leastBytes, most: Math.min(upload.mostBytes, config.files.fileBytesMax) },
    config.files,
  );
  if ('earlier' in place) return replay(place.earlier);
  const renewing = setInterval(() => {
    const now = clock.now();
    renewArrival(database.db, id, new Date(now.getTime() + lapseMs), now).catch(() => undefined); // the next one may be
  }, renewMs);
  try {
    return await receive(context, upload, id, place.reserved);
  } finally {
    clearInterval(renewing);
  }
}

function replay(earlier: FileRow): StoredFile {
  if (earlier.arriving_until !== null) throw uploadUnderWay();
  return earlier as StoredFile;
}

function chooseTimes({ clock, config }: Context) {
  const now = clock.now();
  return {
    created_at: now,
    expires_at: new Date(now.getTime() + config.files.hours * 3_600_000),
    arriving_until: new Date(now.getTime() + lapseMs),
  };
}

async function receive(context: Context, upload: Upload, id: string, reserved: number): Promise<StoredFile> {
  const { clock, database, storage } = context;
  using opened = new DisposableStack();
  let key: string | undefined;
  let mayBeStored = false;
  try {
    const bytes = (await upload.open())[Symbol.asyncIterator]();
    // Wherever it stops: nobody else closes what is not read to its end, an open file among it. What it waits for may come late.
    opened.defer(() => void bytes.return?.().catch(() => undefined));
    const { head, rest } = await readHead(bytes);
    const type = sniffMediaType(head);
    if ('what' in type) throw fileTypeNotTaken(type.what);
    key = keyOfFile({ id, ...type });
    const measured = measure(rest, reserved, context.config.files);
    await storage.put(key, { stream: measured.bytes });
    failpoint('after-storing-upload');
    const names = await upload.describe();
    const { created_at, expires_at } = chooseTimes(context);
    const file = { id, ...type, ...nameFile(names, key), ...measured.result(), created_at, expires_at };
    mayBeStored = true;
    const stored = await finishArrival(database.db, file, clock.now());
    mayBeStored = false;
    if (stored === null) throw uploadLapsed();
    return stored;
  } catch (error) {
    // Where the database was lost in the middle of the last statement, the row tells later whether the file is there.
    if (!(mayBeStored && isConnectionLost(error))) await forget(context, id, key);
    throw error;
  }
}

/** What can't be removed now is left to the sweep, and the place to lapse. */
async function forget({ database, storage }: Context, id: string, key: string | undefined): Promise<void> {
  if (key !== undefined) await storage.delete(key).catch(() => undefined);
  await dropArrival(database.db, id).catch(() => undefined);
}

/** The first bytes of a stream, by which the type is known, and all of it. */
async function readHead(iterator: AsyncIterator<Uint8Array>) {
  const chunks: Uint8Array[] = [];
  let have = 0;
  while (have < sniffBytes) {
    const { done, value } = await iterator.next();
    if (done) break;
    chunks.push(value);
    have += value.length;
  }
  async function* rest(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
      for (;;) {
        const { done, value } = await iterator.next();
        if (done) return;
        yield value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head: Buffer.concat(chunks).subarray(0, sniffBytes), rest: rest() };
}

function measure(bytes: AsyncIterable<Uint8Array>, reserved: number, { fileBytesMax, bytesMax }: Limits) {
  const hash = createHash('sha256');
  let size_bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      size_bytes += chunk.length;
      if (size_bytes > fileBytesMax) throw fileTooLarge(fileBytesMax);
      if (size_bytes > reserved) throw fileQuotaExceeded(`the file is larger than what is left of ${bytesMax} bytes`);
      hash.update(chunk);
      failpoint('while-uploading');
      yield chunk;
    }
  }
  return { bytes: counted(), result: () => ({ size_bytes, sha256: hash.digest() }) };
}

interface Limits {
  fileBytesMax: number;
  bytesMax: number;
}

/** A file that nobody named is called like its key, and one whose first name nobody knows like now. */
function nameFile({ file_name, original_name, upload_path }: UploadNames, key: string): UploadNames {
  const name = file_name || original_name || key.slice(key.indexOf('/') + 1);
  return { file_name: name, original_name: original_name || name, upload_path };
}
