import { type StoredFile, uploadFile } from '../../client/index.ts';
import { client } from './client.ts';

/** Keeps a file at the server; `onProgress` hears the share that is sent, 0 to 1. Throws as the client's `uploadFile`. */
export async function upload(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<StoredFile> {
  const watched: typeof client = { ...client, retriesMax: 0, fetch: (url, init) => send(url, init, onProgress) };
  return await uploadFile(watched, file, { fileName: file.name, signal });
}

/** As `fetch`, which can't tell how much of a body has left. */
function send(url: unknown, init: RequestInit = {}, onProgress: (share: number) => void): Promise<Response> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(init.method ?? 'GET', String(url));
    for (const [name, value] of new Headers(init.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () =>
      done(new Response(request.responseText, { status: request.status, headers: readHeaders(request) }));
    request.onerror = () => fail(new TypeError('the connection was lost'));
    request.onabort = () => fail(init.signal?.reason);
    init.signal?.addEventListener('abort', () => request.abort());
    request.send(init.body as XMLHttpRequestBodyInit);
  });
}

function readHeaders(request: XMLHttpRequest): Headers {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().trim().split('\r\n')) {
    const at = line.indexOf(':');
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1).trim());
  }
  return headers;
}
