import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createLocalAuthority, type LocalAuthority } from './local-tls.ts';
import { type StartedServer, startHttps } from './start-server.ts';

export interface ReceivedCallback {
  path: string;
  headers: Record<string, string>;
  /** As it came, byte for byte. */
  body: string;
  // biome-ignore lint/suspicious/noExplicitAny: the body is judged by the tests
  task: any;
  /** Milliseconds of the monotonic clock when the request had been read. */
  at: number;
}

/** Status and headers of an answer, or null for none at all: the connection is cut. */
type ReceiverAnswer = { status: number; headers?: Record<string, string> } | null;

export interface CallbackReceiver extends StartedServer {
  url(path: string): string;
  received(path: string): ReceivedCallback[];
  /** How `path` is answered; `call` counts from 1. Without it 200. */
  answer(path: string, choose: (call: number) => ReceiverAnswer | Promise<ReceiverAnswer>): void;
  /** Certificate authority in PEM, for other processes. */
  ca: string;
}

export interface ReceiverOptions {
  /** Who issues its certificate. Default: an authority of its own. */
  authority?: LocalAuthority;
  /** How paths are answered that `answer` has not named. Default: 200. */
  answerOthers?: (callback: ReceivedCallback) => ReceiverAnswer;
}

/** A real HTTPS receiver of callbacks, whose certificate this process trusts from now on. */
export async function startReceiver({
  authority = createLocalAuthority(),
  answerOthers = () => ({ status: 200 }),
}: ReceiverOptions = {}): Promise<CallbackReceiver> {
  setDefaultCACertificates([...getCACertificates('default'), authority.ca]);
  const all: ReceivedCallback[] = [];
  const answers = new Map<string, Parameters<CallbackReceiver['answer']>[1]>();
  const server = await startHttps(authority.issue({ names: ['127.0.0.1'] }), (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const path = request.url ?? '';
      const body = Buffer.concat(chunks).toString();
      const headers = request.headers as Record<string, string>;
      const callback = { path, headers, body, task: JSON.parse(body), at: performance.now() };
      all.push(callback);
      const call = all.filter((one) => one.path === path).length;
      const answer = await (answers.get(path)?.(call) ?? answerOthers(callback));
      if (answer === null) request.socket.destroy();
      else response.writeHead(answer.status, answer.headers ?? {}).end();
    });
  });
  return {
    ...server,
    url: (path) => `https://127.0.0.1:${server.port}${path}`,
    received: (path) => all.filter((one) => one.path === path),
    answer: (path, choose) => void answers.set(path, choose),
    ca: authority.ca,
  };
}
