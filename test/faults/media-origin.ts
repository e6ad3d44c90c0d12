import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import type { History } from './history.ts';

const fixtures = new URL('../fixtures/media/', import.meta.url);
const names = ['duck.jpg', 'bear.jpg', 'dog.mp4'] as const;

/**
 * Serves real pictures and clips slowly: `/<marker>/<name>?delay=ms` sends one half, waits, then sends the other, so that
 * a worker that dies in between dies in the middle of a download. `once.jpg` is there for the first fetch alone. Other
 * paths are the ways in which an origin can be bad.
 */
export async function startMediaOrigin(history: History, canaryUrl: string): Promise<MediaOrigin> {
  const files = new Map<string, Buffer>(
    await Promise.all(names.map(async (name) => [name, await loadSmall(name)] as const)),
  );
  const photo = files.get('duck.jpg') as Buffer;
  const servedOnce = new Set<string>();
  return await startOrigin(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://origin');
    const [, marker = '', name = ''] = url.pathname.split('/');
    history.record('fetch', { marker, name });
    const delayMs = Number(url.searchParams.get('delay') ?? 0);
    const file = files.get(name);
    if (file !== undefined) return await sendSlowly(response, file, delayMs);
    if (name === 'text.jpg') return void response.end('this is no picture');
    if (name === 'cut.jpg') return void response.end(photo.subarray(0, photo.length / 2));
    if (name === 'inward.jpg') return void response.writeHead(302, { location: canaryUrl }).end();
    if (name === 'once.jpg' && !servedOnce.has(marker)) {
      servedOnce.add(marker);
      return void response.end(photo);
    }
    if (name === 'broken.jpg') {
      response.writeHead(200, { 'content-length': photo.length }).write(photo.subarray(0, 1000));
      await sleep(20);
      return void response.destroy();
    }
    response.writeHead(404).end();
  });
}

/** Pictures hardly larger than they must be: a build of one is killed as well as that of a larger one, and takes two thirds of the time. */
async function loadSmall(name: string): Promise<Buffer> {
  const bytes = readFileSync(new URL(name, fixtures));
  if (!name.endsWith('.jpg')) return bytes;
  return await sharp(bytes).resize({ width: 320, height: 320, fit: 'outside' }).jpeg({ quality: 90 }).toBuffer();
}

/** Names that no element can be made of. */
export const badNames = ['text.jpg', 'cut.jpg', 'broken.jpg', 'missing.jpg', 'inward.jpg'] as const;

async function sendSlowly(response: ServerResponse, file: Buffer, delayMs: number): Promise<void> {
  const half = file.length >> 1;
  response.writeHead(200, { 'content-length': file.length });
  response.write(file.subarray(0, half));
  await sleep(delayMs);
  response.end(file.subarray(half));
}
