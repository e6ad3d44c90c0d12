import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  isInitializedNotification,
  isInitializeRequest,
  isJSONRPCRequest,
  type JSONRPCMessage,
  type JSONRPCRequest,
} from '@modelcontextprotocol/sdk/types.js';
import type { StoredFile } from '../client/index.ts';
import { answerUpload, describeFiles, type FileReader, readFiles } from './mcp-files.ts';

export interface Bridge {
  /** The server's own end, `…/mcp`. */
  url: string;
  key: string;
  /** Where paths begin that don't begin at the root. */
  folder: string;
  /** Keeps a file of this machine on the server. */
  upload(path: string, signal: AbortSignal): Promise<StoredFile>;
}

/**
 * Speaks MCP over stdin and stdout for a server's `/mcp`. The tools are the server's: messages go through as they are, both ways, but for paths of
 * files in the arguments of tools, which are read on this machine, and for what the tools say of files. A session that the server has
 * forgotten is begun anew without the agent program noticing. Ends when stdin does.
 */
export async function bridgeMcp({ url, key, folder, upload }: Bridge): Promise<void> {
  const near = new StdioServerTransport();
  const ended = Promise.withResolvers<void>();
  const uploads = new Map<string | number, AbortController>();
  const reader: FileReader = { folder, upload };
  let far = openFar();
  /** What the session began with, and whose answer is for this bridge alone. */
  let beginning: JSONRPCMessage[] = [];
  let ownId: string | number | null = null;
  let reopening: Promise<void> | undefined;

  function openFar(): StreamableHTTPClientTransport {
    const transport = new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: { authorization: `Bearer ${key}` } },
    });
    transport.onmessage = (message) => {
      const { id, result } = message as {
        id?: string | number;
        result?: { protocolVersion?: string; tools?: unknown[] };
      };
      if (result?.protocolVersion !== undefined) transport.setProtocolVersion(result.protocolVersion);
      if (id !== undefined && id === ownId) ownId = null;
      else void near.send(result?.tools === undefined ? message : describeFiles(message));
    };
    return transport;
  }

  /** Begins the session again with the words that the agent program began it with. */
  async function reopen(): Promise<void> {
    const [first, ...rest] = beginning;
    if (first === undefined || !isJSONRPCRequest(first)) throw new Error('the session has not begun');
    // The old one is not closed: other messages are on their way through it, and each learns by itself that it's over.
    far = openFar();
    await far.start();
    ownId = `troupe-${first.id}`;
    await far.send({ ...first, id: ownId });
    for (const message of rest) await far.send(message);
  }

  async function send(message: JSONRPCMessage): Promise<void> {
    if (isInitializeRequest(message)) beginning = [message];
    if (isInitializedNotification(message)) beginning.push(message);
    const transport = far;
    try {
      await transport.send(message);
    } catch (error) {
      const isForgotten = error instanceof StreamableHTTPError && error.code === 404 && !isInitializeRequest(message);
      if (!isForgotten) throw error;
      if (transport === far) reopening ??= reopen().finally(() => (reopening = undefined));
      await reopening;
      await far.send(message);
    }
  }

  async function take(message: JSONRPCMessage): Promise<void> {
    if (!isJSONRPCRequest(message) || message.method !== 'tools/call') {
      cancelUpload(message);
      await send(message);
      return;
    }
    const stop = new AbortController();
    uploads.set(message.id, stop);
    const read = await readFiles(message, reader, stop.signal).finally(() => uploads.delete(message.id));
    if (stop.signal.aborted) return;
    if ('uploaded' in read) await near.send(answerUpload(message.id, read.uploaded));
    else await send(read.message);
  }

  /** A call that is cancelled while its files are still on their way never reaches the server. */
  function cancelUpload(message: JSONRPCMessage): void {
    if (!('method' in message) || message.method !== 'notifications/cancelled') return;
    const { requestId } = (message.params ?? {}) as { requestId?: string | number };
    if (requestId !== undefined) uploads.get(requestId)?.abort(new Error('the call was cancelled'));
  }

  near.onmessage = (message) => {
    take(message).catch(async (error: Error) => {
      if (isJSONRPCRequest(message)) await near.send(refuse(message, error));
    });
  };
  near.onclose = () => ended.resolve();
  process.stdin.once('end', () => ended.resolve());
  await far.start();
  await near.start();
  await ended.promise;
  for (const stop of uploads.values()) stop.abort(new Error('the program has ended'));
  await far.terminateSession().catch(() => undefined);
  await far.close();
}

/** A call of a tool is refused in words that a model reads, anything else as the protocol has it. */
function refuse({ id, method }: JSONRPCRequest, error: Error): JSONRPCMessage {
  const text = readMessage(error);
  if (method !== 'tools/call') return { jsonrpc: '2.0', id, error: { code: -32000, message: text } };
  return { jsonrpc: '2.0', id, result: { isError: true, content: [{ type: 'text', text }] } };
}

/** The server's own words where the transport has packed them into its own. */
function readMessage({ message, cause }: Error): string {
  const [, body = ''] = /(\{.*\})/s.exec(message) ?? [];
  try {
    const { error } = JSON.parse(body) as { error?: { message?: string } };
    if (typeof error?.message === 'string') return error.message;
  } catch {
    // Then it is said as it came.
  }
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
