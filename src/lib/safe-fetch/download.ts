import { isUtf8 } from 'node:buffer';
import type { Dispatcher } from 'undici';
import { isOutOfRoom } from '../is-out-of-room.ts';
import type { Scheme, UrlRules, UrlVerdict } from './check-url.ts';
import { startDeadline } from './deadline.ts';
import { stalled, timedOut, unreachable } from './errors.ts';
import { createHintCount, NetworkFault, toFault } from './faults.ts';
import { listWords, type SavedAnswer, type SaveOptions, saveAnswer } from './save-answer.ts';

export interface DownloadOptions extends SaveOptions {
  /** Milliseconds for everything, redirects included. */
  timeoutMs: number;
  /** Milliseconds without a single byte, before the head of an answer or inside its body. Default 15 s. */
  idleTimeoutMs?: number;
  /** Default 3. */
  redirectsMax?: number;
  /** Default: https and http. */
  schemes?: readonly Scheme[];
  signal?: AbortSignal;
}

export interface Downloaded extends SavedAnswer {
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
      if (!redirectStatuses.includes(answer.statusCode)) {
        return { ...(await saveAnswer(answer, host, options)), final_host: host };
      }
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
  const countHint = createHintCount();
  const flooded = new AbortController();
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
    signal: AbortSignal.any([signal, flooded.signal]),
    onInfo: () => {
      const fault = countHint();
      if (fault !== null) flooded.abort(fault);
    },
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

function toDownloadError(error: unknown, host: string): unknown {
  if (!(error instanceof NetworkFault)) return error;
  // No socket could be opened here: that is no fault of the origin.
  if (isOutOfRoom(error.cause)) return error.cause;
  return error.fault === 'timed_out' ? stalled(`${host}: ${error.message}`) : unreachable(error);
}
