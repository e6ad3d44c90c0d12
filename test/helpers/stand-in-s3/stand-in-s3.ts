import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { startHttp } from '../start-server.ts';
import { type Refusal, verifySignature } from './verify-signature.ts';

export interface StandInS3 extends AsyncDisposable {
  endpoint: string;
  /** Our settings for its one bucket. */
  environment: Readonly<Record<string, string>>;
  /** The keys that are stored. */
  keys(): string[];
  /** Makes every object as old as `at`. */
  age(at: Date): void;
  /** The next `count` requests are answered with 503 SlowDown. */
  refuse(count: number): void;
}

const bucket = 'troupe';
const credentials = { accessKey: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const keysPerPage = 1000;

interface Stored {
  bytes: Buffer;
  at: Date;
}

interface Answer {
  status: number;
  headers?: Record<string, string | number>;
  body?: Buffer | string;
}

/**
 * A server that speaks the part of S3 that a store needs (PutObject, GetObject with ranges, HeadObject, DeleteObject,
 * ListObjectsV2, HeadBucket, CopyObject, and `If-None-Match: *`), with every signature verified, from the Amazon S3 API Reference. It keeps bodies as they
 * come: a client that frames them for checksums finds the frames in its object, as with many stores that aren't AWS.
 */
export async function startStandInS3(): Promise<StandInS3> {
  const objects = new Map<string, Stored>();
  let refusals = 0;
  const server = await startHttp(async (request, response) => {
    const body = await buffer(request);
    const refusal = refusals-- > 0 ? ([503, 'SlowDown'] as const) : verifySignature(request, body, credentials);
    const answer = refusal === null ? act(objects, request, body) : refuse(refusal);
    response.writeHead(answer.status, answer.headers).end(request.method === 'HEAD' ? undefined : answer.body);
  });
  const endpoint = `http://127.0.0.1:${server.port}`;
  return {
    endpoint,
    environment: {
      TROUPE_S3_BUCKET: bucket,
      TROUPE_S3_ENDPOINT: endpoint,
      TROUPE_S3_ACCESS_KEY: credentials.accessKey,
      TROUPE_S3_SECRET_KEY: credentials.secretKey,
    },
    keys: () => [...objects.keys()],
    age: (at) => {
      for (const stored of objects.values()) stored.at = at;
    },
    refuse: (count) => {
      refusals = count;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function act(objects: Map<string, Stored>, request: IncomingMessage, body: Buffer): Answer {
  const url = new URL(request.url ?? '/', 'http://s3');
  const [, name, ...rest] = decodeURIComponent(url.pathname).split('/');
  const key = rest.join('/');
  if (name !== bucket) return refuse([404, 'NoSuchBucket']);
  if (key === '') return request.method === 'HEAD' ? { status: 200 } : list(objects, url.searchParams);
  switch (request.method) {
    case 'PUT':
      if (request.headers['if-none-match'] === '*' && objects.has(key)) return refuse([412, 'PreconditionFailed']);
      if (request.headers['x-amz-copy-source'] !== undefined) return copy(objects, request, key);
      objects.set(key, { bytes: body, at: new Date() });
      return { status: 200 };
    case 'DELETE':
      objects.delete(key);
      return { status: 204 };
    case 'GET':
    case 'HEAD':
      return show(objects.get(key), request.headers.range);
    default:
      return refuse([405, 'MethodNotAllowed']);
  }
}

/** CopyObject: the source is `/bucket/key`, encoded for a URL; the copy is as new as any other write. */
function copy(objects: Map<string, Stored>, request: IncomingMessage, key: string): Answer {
  const [name, ...rest] = decodeURIComponent(String(request.headers['x-amz-copy-source']))
    .replace(/^\//, '')
    .split('/');
  const stored = objects.get(rest.join('/'));
  if (name !== bucket || stored === undefined) return refuse([404, 'NoSuchKey']);
  const at = new Date();
  objects.set(key, { bytes: stored.bytes, at });
  const body = `<CopyObjectResult><LastModified>${at.toISOString()}</LastModified></CopyObjectResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function show(stored: Stored | undefined, range = ''): Answer {
  if (stored === undefined) return refuse([404, 'NoSuchKey']);
  const { bytes, at } = stored;
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  const headers = { 'last-modified': at.toUTCString() };
  if (first === undefined) return { status: 200, headers: { ...headers, 'content-length': bytes.length }, body: bytes };
  const part = bytes.subarray(Number(first), Number(last) + 1);
  const place = { 'content-range': `bytes ${first}-${last}/${bytes.length}`, 'content-length': part.length };
  return { status: 206, headers: { ...headers, ...place }, body: part };
}

function list(objects: Map<string, Stored>, query: URLSearchParams): Answer {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const matching = [...objects].filter(([key]) => key.startsWith(prefix) && key > after).sort();
  const page = matching.slice(0, keysPerPage);
  const contents = page.map(
    ([key, { bytes, at }]) =>
      `<Contents><Key>${key}</Key><Size>${bytes.length}</Size><LastModified>${at.toISOString()}</LastModified></Contents>`,
  );
  const isCut = matching.length > page.length;
  const next = isCut ? `<NextContinuationToken>${page.at(-1)?.[0]}</NextContinuationToken>` : '';
  const body = `<ListBucketResult><IsTruncated>${isCut}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function refuse([status, code]: Refusal): Answer {
  return { status, headers: { 'content-type': 'application/xml' }, body: `<Error><Code>${code}</Code></Error>` };
}
