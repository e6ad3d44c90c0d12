import { createUniqueId } from './create-unique-id.ts';

/** Told while a file is sent: how many of its bytes have left, and how many there are. */
export type OnUploadProgress = (sentBytes: number, totalBytes: number) => void;

/**
 * A form whose file is counted as it is read: for programs whose `fetch` takes a stream as a body (Node, Bun, Deno). Each call
 * reads the file anew.
 */
export function createCountedForm(file: Blob, name: string, fields: Readonly<Record<string, string>>) {
  const boundary = `troupe-${createUniqueId()}`;
  const part = (disposition: string, type = '') =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type}\r\n`;
  const head = Object.entries(fields).map(([field, value]) => `${part(`name="${field}"`)}${value}\r\n`);
  const quoted = name.replace(/["\r\n]/g, (sign) => encodeURIComponent(sign));
  const start = part(`name="file"; filename="${quoted}"`, 'Content-Type: application/octet-stream\r\n');
  const encode = (text: string) => new TextEncoder().encode(text);
  const before = encode(head.join('') + start);
  const after = encode(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    /** Of the whole body. */
    bytes: before.byteLength + file.size + after.byteLength,
    open(onProgress: OnUploadProgress): ReadableStream<Uint8Array> {
      async function* read() {
        let sent = 0;
        onProgress(0, file.size);
        yield before;
        for (const reader = file.stream().getReader(); ; ) {
          const { done, value } = await reader.read();
          if (done) break;
          yield value;
          sent += value.byteLength;
          onProgress(sent, file.size);
        }
        yield after;
      }
      return toStream(read());
    },
  };
}

/** Browsers have no `ReadableStream.from` yet. */
function toStream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel(reason) {
      await chunks.return(reason);
    },
  });
}

/** What is used of the `XMLHttpRequest` of browsers; the types of other programs don't know it. */
interface BrowserRequest {
  readonly status: number;
  readonly responseText: string;
  readonly upload: { onprogress?: ((event: { loaded: number; total: number }) => void) | null };
  onload?: (() => void) | null;
  onerror?: (() => void) | null;
  onabort?: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: unknown): void;
  abort(): void;
}

/**
 * A `fetch` for one upload by `XMLHttpRequest`, or null where there is none: browsers tell the progress of a body in this way
 * alone.
 */
export function createProgressFetch(onProgress: OnUploadProgress): typeof fetch | null {
  const { XMLHttpRequest: Request } = globalThis as { XMLHttpRequest?: new () => BrowserRequest };
  if (typeof Request !== 'function') return null;
  return (url, { method = 'GET', headers, body, signal } = {}) =>
    new Promise((done, fail) => {
      const request = new Request();
      request.open(method, String(url));
      for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total }) => onProgress(Math.min(loaded, total), total);
      request.onload = () => done(new Response(request.responseText, { status: request.status }));
      request.onerror = () => fail(new TypeError('the connection failed'));
      request.onabort = () => fail(signal?.reason);
      signal?.addEventListener('abort', () => request.abort(), { once: true });
      request.send(body);
    });
}
