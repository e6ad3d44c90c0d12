import type { Client } from './create-client.ts';
import { createUniqueId } from './create-unique-id.ts';
import { download } from './download.ts';
import { type ClientRequest, sendRequest, writeQuery } from './send-request.ts';
import type { FilePage, FileQuota, StoredFile } from './shapes.ts';
import type { operations } from './types.ts';
import { createCountedForm, createProgressFetch, type OnUploadProgress } from './upload-progress.ts';

/** Pages by number, or by cursor. */
export type ListFilesQuery = NonNullable<operations['listFiles']['parameters']['query']>;

/** Whether an upload has arrived, with its file if so. */
export type UploadReceipt = operations['getUploadReceipt']['responses'][200]['content']['application/json']['data'];

/** What an upload is called, and how long it may take. */
export interface UploadOptions {
  /** What to call it; default: `name` of a `File`, else its id. */
  fileName?: string;
  /** The caller's own order, like `cars/red`. */
  uploadPath?: string;
  /** Called while the file is sent, first with 0 bytes; a repetition begins anew. */
  onProgress?: OnUploadProgress;
  signal?: AbortSignal;
  /** Milliseconds that the upload may take. Default: an hour. */
  timeoutMs?: number;
}

/** Of an upload by default. */
export const uploadTimeoutMs = 3_600_000;
const base = '/api/v1/files';

/**
 * Keeps a file at the server, from which requests may take it by `file:FILE_ID` or `file_url`. A `Blob` that a file stands
 * behind (`openAsBlob` in Node, a chosen file in a browser) is sent as it is read. A repetition after a lost answer
 * answers the first upload. Throws `TroupeError`: `file_quota_exceeded` (409), `invalid_request` (413, 415).
 */
export async function uploadFile(client: Client, file: Blob, options: UploadOptions = {}): Promise<StoredFile> {
  const { fileName, uploadPath, onProgress, signal, timeoutMs = uploadTimeoutMs } = options;
  const name = fileName ?? ('name' in file ? String(file.name) : 'file');
  const fields = {
    ...(fileName === undefined ? {} : { file_name: fileName }),
    ...(uploadPath === undefined ? {} : { upload_path: uploadPath }),
  };
  const patient = { ...client, timeoutMs };
  const request = {
    method: 'POST',
    path: `${base}/upload/stream`,
    headers: { 'x-evo-upload-id': `troupe-${createUniqueId()}` },
    signal,
  } as const;
  const send = async (through: Client, own: Pick<ClientRequest, 'bytes' | 'headers'>) =>
    (await sendRequest<{ data: StoredFile }>(through, { ...request, ...own })).data;
  if (takesStreams()) {
    const { contentType, bytes, open } = createCountedForm(file, name, fields);
    const headers = { ...request.headers, 'content-type': contentType, 'content-length': String(bytes) };
    return await send(patient, { bytes: () => open(onProgress ?? (() => undefined)), headers });
  }
  const fetch = (onProgress === undefined ? null : createProgressFetch(onProgress)) ?? client.fetch;
  return await send({ ...patient, fetch }, { bytes: writeForm(file, name, fields) });
}

/**
 * Whether `fetch` is one that takes a stream as a body over any connection: that of Node, Bun and Deno, not those of browsers. Node's own
 * reading of a `FormData` ends the process when the server refuses a large file before it has all of it (24.21, measured 2026-11-27).
 */
function takesStreams(): boolean {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  return typeof process?.versions?.node === 'string';
}

function writeForm(file: Blob, name: string, fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  form.append('file', file, name);
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  return form;
}

/** Has the server fetch a file and keep it. Throws as {@link uploadFile}; 400 where it can't be fetched. */
export async function uploadFileFromUrl(client: Client, url: string, options: UploadOptions = {}): Promise<StoredFile> {
  const { fileName: file_name, uploadPath: upload_path, signal, timeoutMs = uploadTimeoutMs } = options;
  const headers = { 'x-evo-upload-id': `troupe-${createUniqueId()}` };
  const body = { file_url: url, file_name, upload_path };
  const { data } = await sendRequest<{ data: StoredFile }>(
    { ...client, timeoutMs },
    { method: 'POST', path: `${base}/upload/url`, body, headers, signal },
  );
  return data;
}

/** Keeps what a data URL, or bare base64, holds; `uploadFile` takes less memory on either side. As {@link uploadFile}. */
export async function uploadFileFromBase64(
  client: Client,
  base64: string,
  options: UploadOptions = {},
): Promise<StoredFile> {
  const { fileName: file_name, uploadPath: upload_path, signal, timeoutMs = uploadTimeoutMs } = options;
  const headers = { 'x-evo-upload-id': `troupe-${createUniqueId()}` };
  const body = { base64_data: base64, file_name, upload_path };
  const { data } = await sendRequest<{ data: StoredFile }>(
    { ...client, timeoutMs },
    { method: 'POST', path: `${base}/upload/base64`, body, headers, signal },
  );
  return data;
}

/** What became of an upload that was sent with this `X-Evo-Upload-Id`, for who has lost the answer. */
export async function getUploadReceipt(client: Client, uploadId: string, signal?: AbortSignal): Promise<UploadReceipt> {
  const path = `${base}/upload-receipts/${encodeURIComponent(uploadId)}`;
  return (await sendRequest<{ data: UploadReceipt }>(client, { method: 'GET', path, signal })).data;
}

/** One page of the account's files, newest first. */
export async function listFiles(client: Client, query: ListFilesQuery = {}, signal?: AbortSignal): Promise<FilePage> {
  const path = `${base}/list${writeQuery(query)}`;
  return (await sendRequest<{ data: FilePage }>(client, { method: 'GET', path, signal })).data;
}

/** How many files and bytes the account may still keep. */
export async function getFileQuota(client: Client, signal?: AbortSignal): Promise<FileQuota> {
  return (await sendRequest<{ data: FileQuota }>(client, { method: 'GET', path: `${base}/quota`, signal })).data;
}

/** Deletes a file; its links end at once. Throws `file_not_found` (404). */
export async function deleteFile(client: Client, fileId: string, signal?: AbortSignal): Promise<void> {
  await sendRequest(client, { method: 'DELETE', path: `${base}/${encodeURIComponent(fileId)}`, signal });
}

/** The bytes of one of the account's files. Throws `file_not_found` (404). */
export async function downloadFile(
  client: Client,
  fileId: string,
  signal?: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  return await download(client, `${client.baseUrl}${base}/download/${encodeURIComponent(fileId)}`, signal);
}
