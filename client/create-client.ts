import { invalidOptions } from './errors.ts';

/** Where the server is and how patient the client is. */
export interface ClientOptions {
  /** For example `http://127.0.0.1:4600`; a path in front of `/v1` is kept. */
  baseUrl: string;
  /** An API key, `sk-…`. */
  key: string;
  /** Repetitions of a request that found no server or a busy one. Default 4. */
  retriesMax?: number;
  /** Milliseconds before the first repetition, doubled each time; a `Retry-After` counts more. Default 500. */
  retryDelayMs?: number;
  /** Milliseconds that one attempt may take. Default 60,000. */
  timeoutMs?: number;
  /** Default: the global one. */
  fetch?: typeof fetch;
}

/** What the functions of this package take first: checked options, nothing open, nothing to close. */
export type Client = Readonly<Required<ClientOptions>>;

/** Throws `invalid_client_options` when `baseUrl` is no http or https URL or the key is missing. */
export function createClient(options: ClientOptions): Client {
  const url = URL.canParse(options.baseUrl) ? new URL(options.baseUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw invalidOptions(`baseUrl must be an http or https URL, is '${options.baseUrl}'`);
  }
  if (!/^\S+$/.test(options.key)) throw invalidOptions('key must be an API key without spaces');
  return {
    retriesMax: 4,
    retryDelayMs: 500,
    timeoutMs: 60_000,
    fetch: globalThis.fetch,
    ...options,
    baseUrl: url.href.replace(/\/+$/, ''),
  };
}
