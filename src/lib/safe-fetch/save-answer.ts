import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { badStatus, tooLarge, tooSlow, unsupportedEncoding } from './errors.ts';
import { NetworkFault, toFault } from './faults.ts';

export interface SaveOptions {
  /** File that is written, and removed again if that fails. An existing one is replaced. */
  path: string;
  bytesMax: number;
  /** The least that a body must bring on average in each window, or it counts as timed out. Default: any. */
  rateMin?: RateMin;
  /** Called per chunk with the bytes so far and the announced length, if there was one. */
  onBytes?: (bytes: number, bytesExpected: number | null) => void;
}

interface RateMin {
  bytesPerSecond: number;
  /** Milliseconds, the first from the head of the answer on. */
  windowMs: number;
}

export interface SavedAnswer {
  bytes: number;
  /** Of the bytes in the file, lower-case hexadecimal. */
  sha256: string;
}

/**
 * Writes the body of an answer into a file, without the compression that it may have all the same; the bytes counted are the
 * bytes written. `host` is who answered. Throws an `AppError` with one of `downloadCodes`, a `NetworkFault`, or the file
 * system's own error; then no file is left, and the answer is let go of.
 */
export async function saveAnswer(
  answer: Dispatcher.ResponseData,
  host: string,
  options: SaveOptions,
): Promise<SavedAnswer> {
  try {
    const bytesExpected = checkHead(answer, host, options.bytesMax);
    const isPacked = listCompressions(answer.headers).length > 0;
    return await writeBody(answer, isPacked ? null : bytesExpected, options);
  } catch (error) {
    answer.body.on('error', () => {}).destroy();
    throw error instanceof TooSlow ? tooSlow(error.bytesPerSecond, `${host}: ${error.message}`) : error;
  }
}

/** The announced length, or null. Throws if the head already says that the body is not wanted. */
function checkHead({ statusCode, headers }: Dispatcher.ResponseData, host: string, bytesMax: number): number | null {
  if (statusCode !== 200) throw badStatus(statusCode, host);
  // Of the content, words that are no compression (aws-chunked, utf-8, binary, none) say nothing of the bytes: stores keep
  // whatever an uploader wrote there.
  const unknown = [
    ...listCompressions(headers).filter((word) => !(word in inflaters)),
    ...listWords(headers['transfer-encoding']).filter((word) => !['identity', 'chunked'].includes(word)),
  ];
  if (unknown[0] !== undefined) throw unsupportedEncoding(unknown[0]);
  const length = headers['content-length'];
  if (typeof length !== 'string' || !/^\d{1,15}$/.test(length)) return null;
  if (Number(length) > bytesMax) throw tooLarge(Number(length), bytesMax, true);
  return Number(length);
}

/** What is asked not to be used and used by some all the same; stored beside a file it was packed with. */
const inflaters: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const listCompressions = (headers: Dispatcher.ResponseData['headers']) =>
  listWords(headers['content-encoding']).filter((word) => compressions.includes(word));

/** The body without its compression; the bytes that come out are counted, so that a bomb ends at the limit. */
function inflate({ body, headers }: Dispatcher.ResponseData): Readable {
  const steps = listCompressions(headers)
    .reverse()
    .flatMap((word) => inflaters[word]?.() ?? []);
  let end: Readable = body;
  // The reader of the end gets the error of any step.
  for (const step of steps) end = pipeline(end, step, () => undefined);
  return end;
}

const compressions = ['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'compress', 'x-compress'];

/** The words of a header that is a list, in lower case, whether it came as one line or as several. */
export function listWords(header: string | string[] | undefined): string[] {
  return [header ?? []]
    .flat()
    .flatMap((value) => value.toLowerCase().split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

async function writeBody(
  answer: Dispatcher.ResponseData,
  bytesExpected: number | null,
  options: SaveOptions,
): Promise<SavedAnswer> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(options.path, 'w', 0o600);
  const pace = watchPace(answer.body, options.rateMin);
  try {
    for await (const chunk of readBody(inflate(answer))) {
      bytes += chunk.length;
      pace.note(chunk.length);
      if (bytes > options.bytesMax) throw tooLarge(bytes, options.bytesMax, false);
      hash.update(chunk);
      await file.writeFile(chunk);
      options.onBytes?.(bytes, bytesExpected);
    }
    return { bytes, sha256: hash.digest('hex') };
  } catch (error) {
    await rm(options.path, { force: true });
    throw error;
  } finally {
    pace.end();
    await file.close();
  }
}

/** Breaks off a body that comes too slowly: a server that drips never stays silent, and would hold its place to the end. */
function watchPace(body: Readable, rateMin: RateMin | undefined): { note(bytes: number): void; end(): void } {
  let arrived = 0;
  const check = ({ bytesPerSecond, windowMs }: RateMin) => {
    const wanted = (bytesPerSecond * windowMs) / 1000;
    if (arrived < wanted) body.destroy(new TooSlow(bytesPerSecond, `${arrived} bytes in ${windowMs} ms`));
    arrived = 0;
  };
  const timer = rateMin && setInterval(() => check(rateMin), rateMin.windowMs);
  return {
    note(bytes) {
      arrived += bytes;
    },
    end: () => clearInterval(timer),
  };
}

class TooSlow extends Error {
  override readonly name = 'TooSlow';
  readonly bytesPerSecond: number;

  constructor(bytesPerSecond: number, detail: string) {
    super(detail);
    this.bytesPerSecond = bytesPerSecond;
  }
}

/** Tells what the network did wrong from what the file system did, which passes unchanged. */
async function* readBody(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (error) {
    if (error instanceof TooSlow) throw error;
    const isDamaged = /^(Z_|ERR__)/.test(String((error as { code?: string }).code));
    const words = 'its compression is damaged';
    throw isDamaged ? new NetworkFault('bad_answer', words, error, words) : toFault(error);
  }
}
