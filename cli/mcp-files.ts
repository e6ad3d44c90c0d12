import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JSONRPCMessage, JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import type { StoredFile } from '../client/index.ts';

/** Arguments of the tools in which a file may stand. */
const fileFields = ['images', 'video', 'first_frame', 'last_frame', 'url'];

/** How files of this machine get to the server. */
export interface FileReader {
  folder: string;
  upload(path: string, signal: AbortSignal): Promise<StoredFile>;
}

/**
 * A call with `file:FILE_ID` in the place of every path. `upload_file` of a path is nothing but that, so that it's done by then. Throws an
 * Error that names the argument whose file can't be read, and what the server says of a file.
 */
export async function readFiles(
  message: JSONRPCRequest,
  reader: FileReader,
  signal: AbortSignal,
): Promise<{ message: JSONRPCRequest } | { uploaded: StoredFile }> {
  const params = (message.params ?? {}) as { name?: string; arguments?: Record<string, unknown> };
  const given = { ...params.arguments };
  for (const field of fileFields.filter((name) => Object.hasOwn(given, name))) {
    const value = given[field];
    const values = Array.isArray(value) ? value : [value];
    const read: unknown[] = [];
    for (const [at, one] of values.entries()) {
      const path = await findPath(one, reader.folder, Array.isArray(value) ? `${field}[${at}]` : field);
      if (path === null) {
        read.push(one);
        continue;
      }
      const stored = await reader.upload(path, signal);
      if (params.name === 'upload_file') return { uploaded: stored };
      read.push(`file:${stored.file_id}`);
    }
    given[field] = Array.isArray(value) ? read : read[0];
  }
  return { message: { ...message, params: { ...params, arguments: given } } };
}

/** Longer than any path, and shorter than a picture in base64. */
const pathCharactersMax = 4096;

/** Where the file lies, or null for what is no path: a URL, a data URL, a kept file, or base64. */
async function findPath(value: unknown, folder: string, param: string): Promise<string | null> {
  if (typeof value !== 'string' || value.trim() === '' || value.length > pathCharactersMax) return null;
  if (/^\s*(?:https?|data):/i.test(value) || /^\s*file:(?!\/)/i.test(value)) return null;
  const path = /^\s*file:\//i.test(value)
    ? fileURLToPath(value.trim())
    : resolve(folder, value.replace(/^~(?=\/)/, homedir()));
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (!(found instanceof Error)) {
    if (found.isFile()) return path;
    throw new Error(`${param}: ${path} is no file; nothing was sent`);
  }
  if (/^[A-Za-z0-9+/\s]{100,}={0,2}\s*$/.test(value)) return null;
  throw new Error(`${param}: ${path} can not be read on this machine (${found.code}); nothing was sent`);
}

/** The answer of `upload_file`, as the server would have given it. */
export function answerUpload(id: string | number, { file_id, file_size, mime_type }: StoredFile): JSONRPCMessage {
  const structuredContent = { file: `file:${file_id}`, file_id, bytes: file_size, media_type: mime_type };
  const text = `Kept: name it as ${structuredContent.file}.`;
  return { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }], structuredContent } };
}

interface ListedTool {
  inputSchema?: { properties?: Record<string, { description?: string }> };
}

/** The list of tools, where a model reads that paths are taken too. */
export function describeFiles(message: JSONRPCMessage): JSONRPCMessage {
  const { result } = message as unknown as { result: { tools: ListedTool[] } };
  const tools = result.tools.map((tool) => {
    const properties = { ...tool.inputSchema?.properties };
    for (const field of fileFields) {
      const schema = properties[field];
      if (schema === undefined) continue;
      properties[field] = {
        ...schema,
        description: `${schema.description ?? ''} Or the path of a file on this machine.`.trim(),
      };
    }
    return { ...tool, inputSchema: { ...tool.inputSchema, properties } };
  });
  return { ...message, result: { ...result, tools } } as JSONRPCMessage;
}
