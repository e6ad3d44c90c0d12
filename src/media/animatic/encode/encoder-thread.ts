/**
 * Thread that runs the encoder, so that composing a frame and handing over the one before go on at the same time. Started
 * only by `encode-in-thread.ts`.
 */
import { on } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../lib/errors.ts';
import type { EncodeRequest } from './encoder.ts';
import { findEncoder } from './find-encoder.ts';

/** What the thread is given. */
export interface ThreadData {
  setting: string | undefined;
}

/** To the thread: what to write, with buffers of one frame each; a buffer that holds the next frame; no more frames; stop. */
export type ToThread =
  | { type: 'begin'; request: EncodeRequest; buffers: SharedArrayBuffer[] }
  | { type: 'frame'; buffer: number }
  | { type: 'end' }
  | { type: 'stop' };

/** From the thread: a buffer that may be filled again, or the end. */
export type FromThread =
  | { type: 'free'; buffer: number }
  | { type: 'done'; encoder: string }
  | { type: 'failed'; code: string; detail: string };

const port = parentPort as MessagePort;
const { setting } = workerData as ThreadData;
// from now on messages wait until they are taken
const messages = on(port, 'message') as AsyncIterableIterator<[ToThread]>;

try {
  const encoder = await findEncoder(setting);
  const first = await takeMessage();
  if (first.type !== 'begin') throw new Error('stopped');
  await encoder.encode(first.request, takeFrames(first.buffers));
  tell({ type: 'done', encoder: encoder.name });
} catch (error) {
  const isKnown = error instanceof AppError;
  const detail = isKnown ? (error.detail ?? '') : String((error as Error).stack ?? error);
  tell({ type: 'failed', code: isKnown ? error.code : '', detail });
}
port.close();

async function takeMessage(): Promise<ToThread> {
  const { value } = await messages.next();
  return value[0];
}

async function* takeFrames(buffers: readonly SharedArrayBuffer[]): AsyncGenerator<Uint8Array> {
  for (;;) {
    const message = await takeMessage();
    if (message.type === 'end') return;
    if (message.type !== 'frame') throw new Error('stopped');
    yield new Uint8Array(buffers[message.buffer] as SharedArrayBuffer);
    tell({ type: 'free', buffer: message.buffer });
  }
}

function tell(message: FromThread): void {
  port.postMessage(message);
}
