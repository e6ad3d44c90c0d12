import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { type StartedServer, startHttp } from './start-server.ts';

export interface MediaOrigin extends StartedServer {
  /** Address of a path. Files of `test/fixtures/media` are served under their names. */
  url(path: string): string;
  /** Serves `path` in a way of its own from now on. */
  serve(path: string, answer: (request: IncomingMessage, response: ServerResponse, call: number) => void): void;
  /** A path whose answers wait until `open` is called; `asked` resolves at the first request. */
  gate(path: string, file: string): { asked: Promise<void>; open(): void };
  /** Requests of `path` so far. */
  calls(path: string): number;
}

const fixtures = new URL('../fixtures/media/', import.meta.url);

/**
 * A real web server with reference media, which can delay, fail and lie on demand. `answerOthers` takes the paths that
 * `serve` and `gate` have not named, in the place of the fixtures; where it throws, the connection is cut.
 */
export async function startOrigin(
  answerOthers?: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<MediaOrigin> {
  const answers = new Map<string, Parameters<MediaOrigin['serve']>[1]>();
  const counts = new Map<string, number>();

  async function serveFile(name: string, response: ServerResponse): Promise<void> {
    const bytes = await readFile(new URL(basename(name), fixtures)).catch(() => null);
    if (bytes === null) response.writeHead(404).end();
    else response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  }

  const server = await startHttp((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const call = (counts.get(path) ?? 0) + 1;
    counts.set(path, call);
    const answer = answers.get(path);
    if (answer !== undefined) answer(request, response, call);
    else if (answerOthers !== undefined) void answerOthers(request, response).catch(() => response.destroy());
    else void serveFile(path, response);
  });
  return {
    ...server,
    url: (path) => `http://127.0.0.1:${server.port}${path}`,
    serve: (path, answer) => void answers.set(path, answer),
    gate(path, file) {
      const opened = Promise.withResolvers<void>();
      const asked = Promise.withResolvers<void>();
      answers.set(path, (_, response) => {
        asked.resolve();
        void opened.promise.then(() => serveFile(file, response));
      });
      return { asked: asked.promise, open: opened.resolve };
    },
    calls: (path) => counts.get(path) ?? 0,
  };
}
