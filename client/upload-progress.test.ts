import { afterEach, expect, test, vi } from 'vitest';
import { createProgressFetch } from './upload-progress.ts';

afterEach(() => vi.unstubAllGlobals());

test('without XMLHttpRequest, as outside of browsers, a body is counted as it is read', () => {
  expect(createProgressFetch(() => undefined)).toBeNull();
});

/** What a browser does, as far as it is used. */
class BrowserRequest {
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 200;
  responseText = '{"success": true}';
  opened: string[] = [];
  headers: Record<string, string> = {};
  open(...words: string[]) {
    this.opened = words;
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  abort() {
    this.onabort?.();
  }
  send(body: unknown) {
    if (body === 'never answered') return;
    if (body === 'broken') return this.onerror?.();
    this.upload.onprogress?.({ loaded: 5, total: 10 });
    this.upload.onprogress?.({ loaded: 10, total: 10 });
    this.onload?.();
  }
}

test('in a browser the progress is that of its request, whose answer, failure and end by a signal are those of a fetch', async () => {
  vi.stubGlobal('XMLHttpRequest', BrowserRequest);
  const seen: number[][] = [];
  const send = createProgressFetch((sent, total) => seen.push([sent, total])) as typeof fetch;
  const answer = await send('https://example.com/', { method: 'POST', headers: { a: 'b' }, body: 'x' });
  expect([answer.status, await answer.json()]).toEqual([200, { success: true }]);
  expect(seen).toEqual([
    [5, 10],
    [10, 10],
  ]);
  await expect(send('https://example.com/', { body: 'broken' })).rejects.toThrow('the connection failed');
  const stop = new AbortController();
  const waiting = send('https://example.com/', { body: 'never answered', signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
