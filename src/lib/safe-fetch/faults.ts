import { errors } from 'undici';

/**
 * Why a request got no answer, in the words that are stored and logged. One vocabulary for the connector, `send` and
 * `download`; the public sees less of it (see `errors.ts`).
 */
export const faults = [
  'refused_url',
  'refused_address',
  'dns_failed',
  'connect_failed',
  'tls_failed',
  'timed_out',
  'connection_lost',
  'bad_answer',
] as const;

export type Fault = (typeof faults)[number];

/** An internal cause on its way to `send` or `download`, which turn it into a value or an `AppError`. */
export class NetworkFault extends Error {
  override readonly name = 'NetworkFault';
  readonly fault: Fault;
  /** The cause in words for anybody, only where they tell nothing of the network behind this server. */
  readonly publicWords: string | undefined;

  constructor(fault: Fault, detail: string, cause?: unknown, publicWords?: string) {
    super(detail, cause === undefined ? undefined : { cause });
    this.fault = fault;
    this.publicWords = publicWords;
  }
}

/** Gives any error that undici or a socket raised after the connection stood its fault; a fault stays itself. */
export function toFault(error: unknown): NetworkFault {
  if (error instanceof NetworkFault) return error;
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  return new NetworkFault(
    nameFault(error),
    `${code} ${message}`.trim().slice(0, 300),
    error,
    describeBrokenRule(error),
  );
}

/**
 * What is wrong with an answer that has begun as HTTP, in the parser's words. That it isn't HTTP at all stays unnamed: it
 * would tell which ports of an opened network speak something else.
 */
function describeBrokenRule(error: unknown): string | undefined {
  if (error instanceof errors.HeadersOverflowError) return 'the headers of its answer have over 16 kB';
  if (!(error instanceof errors.HTTPParserError)) return;
  const [, rule = 'Expected HTTP'] = /\(([^()]+)\)$/.exec(error.message) ?? [];
  return rule.startsWith('Expected HTTP') ? undefined : `its answer is not valid HTTP (${rule.slice(0, 100)})`;
}

function nameFault(error: unknown): Fault {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return 'timed_out';
  return isBadAnswer(error) ? 'bad_answer' : 'connection_lost';
}

/** undici closes the connection over some answers, which is no loss of it; over a status below 100 it fails an assertion. */
function isBadAnswer(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string };
  const isClosedOver = error instanceof errors.SocketError && /^bad (?:response|upgrade)$/.test(message);
  return (
    error instanceof errors.HTTPParserError ||
    error instanceof errors.HeadersOverflowError ||
    error instanceof errors.ResponseContentLengthMismatchError ||
    isClosedOver ||
    code === 'ERR_ASSERTION'
  );
}

/** Answers of 1xx that may come before the one that counts; more would keep a processor busy until the time is over. */
const hintsMax = 100;

/** Counts the answers of 1xx to one request. The function answers what ends it once there are too many. */
export function createHintCount(): () => NetworkFault | null {
  let count = 0;
  return () => {
    count += 1;
    if (count <= hintsMax) return null;
    const words = `over ${hintsMax} answers of 1xx came before any other`;
    return new NetworkFault('bad_answer', words, undefined, words);
  };
}
