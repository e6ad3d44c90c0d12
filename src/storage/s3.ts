import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SectionValues } from '../lib/settings.ts';
import { openAsideFolder } from './aside-folder.ts';
import type { section } from './config.ts';
import { noSuchKey, storeAway, unusableBucket } from './errors.ts';
import { checkKey } from './key.ts';
import type { BytesSource, Storage, StoredFile } from './storage.ts';

export type S3Settings = SectionValues<typeof section> & { bucket: string };

/** Up to here a file is sent from memory, which the SDK can repeat after a broken connection; a stream it can't. */
const bufferedBytesMax = 16 * 2 ** 20;

/** Milliseconds without an answer after which a request is tried again; the SDK makes three attempts. */
const silenceMs = 10_000;
const connectMs = 3_000;

/**
 * Keeps files in a bucket of S3 or of any store that speaks its protocol. An object appears under its key when all of it
 * has arrived, so nothing has to be written aside. The SDK is loaded here: a server with a disk never pays for it. Throws
 * `service_unavailable` where the store is away or refuses the credentials, ENOENT where it has no such key; while opening
 * an Error for the operator, as nothing works without the bucket.
 *
 * `folder` is one of this machine's: there a stream is written aside first. The protocol wants the length of an object
 * before its bytes, and its upload in parts keeps what was cut off, unseen and paid for, until somebody aborts it.
 */
export async function openS3Storage(settings: S3Settings, folder: string): Promise<Storage> {
  const s3 = await import('@aws-sdk/client-s3');
  const aside = openAsideFolder(folder);
  const client = createClient(s3.S3Client, settings);
  const { linkEndpoint } = settings;
  const linkClient =
    linkEndpoint === undefined ? null : createClient(s3.S3Client, { ...settings, endpoint: linkEndpoint });
  const nameOf = (key: string) => {
    checkKey(key);
    return { Bucket: settings.bucket, Key: `${settings.prefix}${key}` };
  };

  await client.send(new s3.HeadBucketCommand({ Bucket: settings.bucket })).catch((error: Error) => {
    throw unusableBucket(settings.bucket, error);
  });

  async function get(key: string, range?: { first: number; last: number }): Promise<Readable> {
    const Range = range && `bytes=${range.first}-${range.last}`;
    const request = new s3.GetObjectCommand({ ...nameOf(key), Range });
    const { Body } = await client.send(request).catch((error: Error) => {
      throw isAbsent(error) ? noSuchKey(key) : storeAway(error);
    });
    return Body as Readable;
  }

  async function find(key: string): Promise<StoredFile | null> {
    try {
      const head = await client.send(new s3.HeadObjectCommand(nameOf(key)));
      return { key, sizeBytes: head.ContentLength ?? 0, modifiedAt: head.LastModified ?? new Date(0) };
    } catch (error) {
      if (isAbsent(error as Error)) return null;
      throw storeAway(error as Error);
    }
  }

  async function put(key: string, source: BytesSource): Promise<void> {
    if ('stream' in source) {
      return await aside.use(async (path) => {
        await pipeline(source.stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
        await put(key, { path });
      });
    }
    const name = nameOf(key);
    const size = 'bytes' in source ? source.bytes.length : (await stat(source.path)).size;
    const Body =
      'bytes' in source
        ? source.bytes
        : size > bufferedBytesMax
          ? createReadStream(source.path)
          : await readFile(source.path);
    await client.send(new s3.PutObjectCommand({ ...name, Body, ContentLength: size })).catch((error: Error) => {
      throw storeAway(error);
    });
  }

  async function copyTo(key: string, path: string): Promise<void> {
    const body = await get(key);
    try {
      await pipeline(body, createWriteStream(path, { flags: 'wx' }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Through this machine, for stores that don't copy. */
  async function carry(key: string, to: string): Promise<void> {
    await aside.use(async (path) => {
      await copyTo(key, path);
      await put(to, { path });
    });
  }

  return {
    get,
    put,
    async putNew(key, bytes) {
      const request = { ...nameOf(key), Body: bytes, ContentLength: bytes.length };
      const send = (only: { IfNoneMatch?: string }) =>
        client.send(new s3.PutObjectCommand({ ...request, ...only })).then(() => true);
      const isThere = async () => (await find(key)) !== null;
      return await send({ IfNoneMatch: '*' }).catch(async (error: WithStatus) => {
        const status = error.$metadata?.httpStatusCode;
        if (status === 412 || status === 409) return false;
        // Some stores know no conditional writes; of several at the same moment the last wins there.
        if (status === 501 || status === 400) return !(await isThere()) && (await send({}).catch(throwAway));
        throw storeAway(error);
      });
    },
    async move(key, to) {
      const source = await find(key);
      if (source === null) return false;
      const CopySource = encodeURI(`${settings.bucket}/${nameOf(key).Key}`);
      const copied = await client.send(new s3.CopyObjectCommand({ ...nameOf(to), CopySource })).then(
        async () => (await find(to))?.sizeBytes === source.sizeBytes,
        (error: WithStatus) => {
          // A store that can't be reached is away; one that doesn't copy still reads and writes.
          if (isAbsent(error) || error.$metadata?.httpStatusCode === undefined) throw storeAway(error);
          return false;
        },
      );
      if (!copied) await carry(key, to);
      await client.send(new s3.DeleteObjectCommand(nameOf(key))).catch(throwAway);
      return true;
    },
    find,
    copyTo,
    async delete(key) {
      await client.send(new s3.DeleteObjectCommand(nameOf(key))).catch((error: Error) => {
        if (!isAbsent(error)) throw storeAway(error);
      });
    },
    async *list(prefix) {
      const wanted = { Bucket: settings.bucket, Prefix: `${settings.prefix}${prefix}` };
      try {
        for await (const page of s3.paginateListObjectsV2({ client }, wanted)) {
          for (const { Key = '', Size = 0, LastModified = new Date(0) } of page.Contents ?? []) {
            yield { key: Key.slice(settings.prefix.length), sizeBytes: Size, modifiedAt: LastModified };
          }
        }
      } catch (error) {
        throw storeAway(error as Error);
      }
    },
    async link(key, seconds) {
      if (linkClient === null) return null;
      const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
      return getSignedUrl(linkClient, new s3.GetObjectCommand(nameOf(key)), { expiresIn: seconds });
    },
    // An upload that was cut off leaves nothing in the bucket.
    sweep: aside.sweep,
    locate: (key) => `s3://${settings.bucket}/${settings.prefix}${key}`,
  };
}

function createClient(Client: typeof S3Client, settings: S3Settings): S3Client {
  const { accessKey, secretKey, endpoint, region } = settings;
  return new Client({
    region,
    forcePathStyle: settings.addressing === 'path',
    requestHandler: { requestTimeout: silenceMs, connectionTimeout: connectMs },
    // Stores other than AWS keep the trailers of a streamed checksum as part of the object.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint !== undefined && { endpoint }),
    ...(accessKey !== undefined && { credentials: { accessKeyId: accessKey, secretAccessKey: secretKey ?? '' } }),
  });
}

type WithStatus = Error & { $metadata?: { httpStatusCode?: number } };

function throwAway(error: Error): never {
  throw storeAway(error);
}

/** `HEAD` answers have no body, so the SDK can name only the status. */
function isAbsent(error: WithStatus): boolean {
  return error.name === 'NoSuchKey' || (error.name === 'NotFound' && error.$metadata?.httpStatusCode === 404);
}
