import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { isOutOfRoom } from '../is-out-of-room.ts';
import type { Scheme, UrlRules, UrlVerdict } from './check-url.ts';
import { startDeadline } from './deadline.ts';
import { badStatus, stalled, timedOut, tooLarge, tooSlow, unreachable, unsupportedEncoding } from './errors.ts';
import { NetworkFault, toFault } from './faults.ts';

export interface DownloadOptions {
  /** File that is written, and removed again if the download fails. An existing one is replaced. */
  path: string;
  bytesMax: number;
  /** Milliseconds for everything, redirects included. */
  timeoutMs: number;
  /** Milliseconds without a single byte, before the head of an answer or inside its body. Default 15 s. */
  idleTimeoutMs?: number;
  /** The least that a body must bring on average in each window, or the download counts as timed out. Default: any. */
  rateMin?: RateMin;
  /** Default 3. */
  redirectsMax?: number;
  /** Default: https and http. */
  schemes?: readonly Scheme[];
  signal?: AbortSignal;
  /** Called per chunk with the bytes so far and the announced length, if there was one. */
  onBytes?: (bytes: number, bytesExpected: number | null) => void;
}

interface RateMin {
  bytesPerSecond: number;
  /** Milliseconds, the first from the head of the answer on. */
  windowMs: number;
}

export interface Downloaded {
  bytes: number;
  /** Of the bytes in the file, lower-case hexadecimal. */
  sha256: string;
  /** Host that served the bytes, after redirects. */
  final_host: string;
}

export interface Downloader {
  agent: Dispatcher;
  /** Takes equal lengths as one (`mergeLengths`), for servers whose answer the other refuses. */
  merging: Dispatcher;
  userAgent: string | undefined;
  checkUrl: (text: string, rules: UrlRules) => UrlVerdict;
}

const redirectStatuses = [301, 302, 303, 307, 308];

/**
 * Fetches one resource into a file. Each hop's URL and address is judged anew; a hop from https to http is refused, so
 * that the promise of an https URL is kept. Asks for plain bytes and inflates what comes packed all the same; the
 * bytes counted are the bytes written. Sends no credentials, cookies or referrer at all.
 *
 * Throws an `AppError` with one of `downloadCodes`, the reason of the caller's signal, or the file system's own error.
 */
export async function download(from: Downloader, target: string | URL, options: DownloadOptions): Promise<Downloaded> {
  let host = '';
  const deadline = startDeadline(options.timeoutMs, options.signal, () => timedOut(options.timeoutMs, host));
  try {
    let url = checkHop(from, String(target), options.schemes ?? ['https', 'http']);
    const seen = new Set<string>();
    for (let hops = 0; ; hops += 1) {
      host = url.host;
      seen.add(url.href);
      const answer = await request(from, url, options, deadline.signal);
      if (!redirectStatuses.includes(answer.statusCode)) return await save(answer, host, options);
      answer.body.on('error', () => {}).destroy();
      if (hops === (options.redirectsMax ?? 3)) throw refuseRedirect(`redirects more than ${hops} times`);
      url = followRedirect(from, url, answer.headers.location, options);
      // Nothing is remembered from one request to the next, so the same address would only send it here again.
      if (seen.has(url.href)) throw refuseRedirect('redirects in a circle');
    }
  } catch (error) {
    deadline.signal.throwIfAborted();
    throw toDownloadError(error, host);
  } finally {
    deadline.clear();
  }
}

function checkHop(from: Downloader, text: string, schemes: readonly Scheme[]): URL {
  const verdict = from.checkUrl(text, { schemes, lengthMax: 8192 });
  if (verdict.ok) return verdict.url;
  throw new NetworkFault(verdict.reason === 'refused_address' ? 'refused_address' : 'refused_url', verdict.message);
}

function followRedirect(
  from: Downloader,
  url: URL,
  location: string | string[] | undefined,
  options: DownloadOptions,
): URL {
  const text = typeof location === 'string' ? readLocation(location) : '';
  if (typeof location !== 'string' || !URL.canParse(text, url.href)) {
    throw new NetworkFault(
      'bad_answer',
      'redirect without a usable location',
      undefined,
      'its address redirects without saying where to',
    );
  }
  const schemes = options.schemes ?? ['https', 'http'];
  const stillAllowed = url.protocol === 'https:' ? schemes.filter((scheme) => scheme === 'https') : schemes;
  const next = new URL(text, url);
  if (url.protocol === 'https:' && next.protocol === 'http:') throw refuseRedirect('redirects from https to http');
  if (!/^https?:$/.test(next.protocol)) {
    throw refuseRedirect(`redirects to a ${next.protocol.slice(0, 20)} address, must be one with http or https`);
  }
  return checkHop(from, next.href, stillAllowed);
}

function refuseRedirect(why: string): NetworkFault {
  return new NetworkFault('refused_url', why, undefined, `its address ${why}`);
}

/** Headers arrive as one character per byte; many servers write a path there as it is, in UTF-8. */
function readLocation(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  return isUtf8(bytes) ? bytes.toString() : header;
}

async function request(
  from: Downloader,
  url: URL,
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const idleMs = options.idleTimeoutMs ?? 15_000;
  const asking = {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: 'GET',
    headers: {
      ...(from.userAgent !== undefined && { 'user-agent': from.userAgent }),
      accept: '*/*',
      'accept-encoding': 'identity',
    },
    headersTimeout: idleMs,
    bodyTimeout: idleMs,
    signal,
  } as const;
  // undici reads the values of two lines as one long number: it refuses the body by it, a short one before the head is told.
  const isMisread = (error: { code?: string }) => error.code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
  try {
    const answer = await from.agent.request(asking).catch((error) => {
      if (isMisread(error)) return null;
      throw error;
    });
    if (answer !== null && !isLengthRepeated(answer.headers)) return answer;
    answer?.body.on('error', () => {}).destroy();
    return await from.merging.request({ ...asking, reset: true });
  } catch (error) {
    throw isMisread(error as { code?: string }) ? twoLengths() : toFault(error);
  }
}

/** Whether the same length is told more than once, as two lines or as a list. Throws when they differ. */
function isLengthRepeated(headers: Dispatcher.ResponseData['headers']): boolean {
  const lengths = listWords(headers['content-length']);
  if (new Set(lengths).size > 1) throw twoLengths();
  return lengths.length > 1;
}

function twoLengths(): NetworkFault {
  const words = 'its answer tells two different lengths (Content-Length)';
  return new NetworkFault('bad_answer', words, undefined, words);
}

async function save(answer: Dispatcher.ResponseData, host: string, options: DownloadOptions): Promise<Downloaded> {
  try {
    const bytesExpected = checkHead(answer, host, options.bytesMax);
    const isPacked = listCompressions(answer.headers).length > 0;
    return { ...(await writeBody(answer, isPacked ? null : bytesExpected, options)), final_host: host };
  } catch (error) {
    answer.body.on('error', () => {}).destroy();
    throw error;
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

function listWords(header: string | string[] | undefined): string[] {
  return [header ?? []]
    .flat()
    .flatMap((value) => value.toLowerCase().split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

async function writeBody(
  answer: Dispatcher.ResponseData,
  bytesExpected: number | null,
  options: DownloadOptions,
): Promise<{ bytes: number; sha256: string }> {
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

function toDownloadError(error: unknown, host: string): unknown {
  if (error instanceof TooSlow) return tooSlow(error.bytesPerSecond, `${host}: ${error.message}`);
  if (!(error instanceof NetworkFault)) return error;
  // No socket could be opened here: that is no fault of the origin.
  if (isOutOfRoom(error.cause)) return error.cause;
  return error.fault === 'timed_out' ? stalled(`${host}: ${error.message}`) : unreachable(error);
}
