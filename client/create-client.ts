import { invalidOptions } from './errors.ts';

/** Where the server is and how patient the client is. */
export interface ClientOptions {
  /** For example `http://127.0.0.1:4600`; a path in front of `/v1` is kept. */
  baseUrl: string;
  /** An API key, `sk-…`. Only a page of the server's own goes without: its session goes along by itself. */
  key?: string;
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
export type Client = Readonly<Required<Omit<ClientOptions, 'key'>> & Pick<ClientOptions, 'key'>>;

/** Throws `invalid_client_options` when `baseUrl` is no http or https URL or the key is none. */
export function createClient(options: ClientOptions): Client {
  const url = URL.canParse(options.baseUrl) ? new URL(options.baseUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw invalidOptions(`baseUrl must be an http or https URL, is '${options.baseUrl}'`);
  }
  if (options.key !== undefined && !/^\S+$/.test(options.key))
    throw invalidOptions('key must be an API key without spaces');
  return {
    retriesMax: 4,
    retryDelayMs: 500,
    timeoutMs: 60_000,
    // Browsers refuse their `fetch` as the method of another object.
    fetch: (input, init) => globalThis.fetch(input, init),
    ...options,
    baseUrl: url.href.replace(/\/+$/, ''),
  };
}

/** The headers that name the client's key. */
export function presentKey({ key }: Client): Record<string, string> {
  return key === undefined ? {} : { authorization: `Bearer ${key}` };
}
