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

  constructor(fault: Fault, detail: string, cause?: unknown) {
    super(detail, cause === undefined ? undefined : { cause });
    this.fault = fault;
  }
}

/** Gives any error that undici or a socket raised after the connection stood its fault; a fault stays itself. */
export function toFault(error: unknown): NetworkFault {
  if (error instanceof NetworkFault) return error;
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  return new NetworkFault(nameFault(error), `${code} ${message}`.trim().slice(0, 300), error);
}

function nameFault(error: unknown): Fault {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return 'timed_out';
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) return 'bad_answer';
  return 'connection_lost';
}
