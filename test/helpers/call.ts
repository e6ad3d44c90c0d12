export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are judged by the tests
  body: any;
}

export interface CallOptions {
  /** Sent as JSON; text goes as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Another key than the usual one; null for none. */
  key?: string | null;
}

/** Calls a server's API over HTTP and reads the whole answer. */
export function createCaller(url: string, usualKey: string) {
  return async (method: string, path: string, { body, headers = {}, key = usualKey }: CallOptions = {}) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = text !== '' && answer.headers.get('content-type')?.startsWith('application/json');
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text } as Answer;
  };
}
