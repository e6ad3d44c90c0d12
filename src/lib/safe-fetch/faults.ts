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
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) return 'bad_answer';
  return 'connection_lost';
}
