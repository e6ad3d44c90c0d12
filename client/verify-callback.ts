/** Why a callback is not to be believed. */
export type CallbackRefusal =
  | 'bad_secret'
  | 'missing_header'
  | 'bad_timestamp'
  | 'too_old'
  | 'too_new'
  | 'wrong_signature';

/** Thrown for a callback that is not to be believed, with the reason as a word. */
export class CallbackVerificationError extends Error {
  override readonly name = 'CallbackVerificationError';
  readonly reason: CallbackRefusal;

  constructor(reason: CallbackRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A callback as it came, and what it is checked against. */
export interface VerifyCallbackOptions {
  /** `whsec_…`, or several while one replaces another. */
  secret: string | readonly string[];
  /** Of the request: a `Headers` object, or a record with names in any case. */
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The raw body, before any JSON parser: the signature covers its bytes. */
  body: string | Uint8Array;
  /** Seconds that the sender's clock may differ. Default 300. */
  toleranceSeconds?: number;
  /** Default: now. */
  now?: Date;
}

/**
 * Returns only if the callback was sent by the holder of the secret, unchanged and recently; throws a
 * `CallbackVerificationError` otherwise, so that forgetting to look at an answer can't let a forgery in. A callback may
 * arrive more than once: keep the `id` and ignore one that was seen. Compares in constant time. Needs Node.js, Bun or Deno:
 * a secret has no place in a browser.
 * Source: Standard Webhooks 1.0.0, scheme `v1`.
 */
export function verifyCallback(options: VerifyCallbackOptions): { id: string; timestamp: Date } {
  const { Buffer, createHmac, timingSafeEqual } = loadBuiltins();
  const decode = (text: string) => Buffer.from(text, 'base64');
  const keys = [options.secret].flat().map((secret) => parseSecret(secret, decode));
  if (keys.length === 0) throw new CallbackVerificationError('bad_secret', 'no secret was given');
  const id = getHeader(options.headers, 'webhook-id');
  const timestampText = getHeader(options.headers, 'webhook-timestamp');
  const signatures = getHeader(options.headers, 'webhook-signature');
  const timestamp = checkTimestamp(timestampText, options);

  const given = signatures
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => decode(signature.slice('v1,'.length)));
  const isSigned = keys.some((key) => {
    const expected = createHmac('sha256', key).update(`${id}.${timestampText}.`).update(options.body).digest();
    return given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  });
  if (!isSigned) throw new CallbackVerificationError('wrong_signature', 'no signature matches the body and a secret');
  return { id, timestamp };
}

/** What is used here of the modules of Node.js that Bun and Deno have too. */
interface Builtins {
  Buffer: { from(text: string, encoding: 'base64'): Uint8Array };
  createHmac(algorithm: 'sha256', key: Uint8Array): Hmac;
  timingSafeEqual(one: Uint8Array, other: Uint8Array): boolean;
}

interface Hmac {
  update(part: string | Uint8Array): Hmac;
  digest(): Uint8Array;
}

/** Asked for at the first use, not imported: a browser couldn't load this client at all. */
function loadBuiltins(): Builtins {
  const { process } = globalThis as unknown as { process?: { getBuiltinModule?(name: string): unknown } };
  const load = (name: string) => process?.getBuiltinModule?.(name) as Partial<Builtins> | undefined;
  const { createHmac, timingSafeEqual } = load('node:crypto') ?? {};
  const { Buffer } = load('node:buffer') ?? {};
  if (createHmac === undefined || timingSafeEqual === undefined || Buffer === undefined)
    throw new Error('callbacks are verified by Node.js 20.16 or newer, Bun or Deno');
  return { Buffer, createHmac, timingSafeEqual };
}

function parseSecret(secret: string, decode: (text: string) => Uint8Array): Uint8Array {
  const key = decode(secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret);
  // An empty key would accept whatever is signed with an empty key.
  if (key.length === 0) throw new CallbackVerificationError('bad_secret', 'the secret is empty or not base64');
  return key;
}

function getHeader(headers: VerifyCallbackOptions['headers'], name: string): string {
  const value =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  if (typeof value === 'string' && value !== '') return value;
  throw new CallbackVerificationError('missing_header', `the header ${name} is missing`);
}

function checkTimestamp(text: string, options: VerifyCallbackOptions): Date {
  if (!/^\d{1,12}$/.test(text)) {
    throw new CallbackVerificationError('bad_timestamp', 'webhook-timestamp must be seconds since 1970');
  }
  const timestamp = new Date(Number(text) * 1000);
  const ageSeconds = ((options.now ?? new Date()).getTime() - timestamp.getTime()) / 1000;
  const tolerance = options.toleranceSeconds ?? 300;
  if (ageSeconds > tolerance) throw new CallbackVerificationError('too_old', `sent ${ageSeconds} s ago`);
  if (ageSeconds < -tolerance) throw new CallbackVerificationError('too_new', `sent ${-ageSeconds} s in the future`);
  return timestamp;
}
