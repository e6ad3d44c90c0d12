import sharp from 'sharp';
import type { StartedTroupe } from './start-troupe.ts';

/** A JPEG that passes every rule for pictures. */
export async function drawJpeg(width = 400, height = 400): Promise<Buffer> {
  return await sharp({ create: { width, height, channels: 3, background: '#c8a040' } })
    .jpeg()
    .toBuffer();
}

export interface UploadAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are judged by the tests
  body: any;
}

/** Sends a form as browsers and the hosted service's own clients do: the file first. */
export async function upload(
  troupe: Pick<StartedTroupe, 'url'> & { key: string | StartedTroupe['key'] },
  bytes: Uint8Array,
  {
    name = 'picture.jpg',
    fields = {},
    key = typeof troupe.key === 'string' ? troupe.key : troupe.key.key,
    headers = {},
  }: UploadOptions = {},
): Promise<UploadAnswer> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }), name);
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  const answer = await fetch(`${troupe.url}/api/v1/files/upload/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...headers },
    body: form,
  });
  return { status: answer.status, body: await answer.json() };
}

export interface UploadOptions {
  name?: string;
  fields?: Record<string, string>;
  key?: string;
  headers?: Record<string, string>;
}
