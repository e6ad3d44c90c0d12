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
  request: EncodeRequest;
  /** Memory of one frame each. */
  buffers: SharedArrayBuffer[];
}

/** To the thread: a buffer that holds the next frame, or no more frames, or stop at once. */
export type ToThread = { type: 'frame'; buffer: number } | { type: 'end' } | { type: 'stop' };

/** From the thread: a buffer that may be filled again, or the end. */
export type FromThread =
  | { type: 'free'; buffer: number }
  | { type: 'done'; encoder: string }
  | { type: 'failed'; code: string; detail: string };

const port = parentPort as MessagePort;
const { setting, request, buffers } = workerData as ThreadData;

try {
  const encoder = await findEncoder(setting);
  await encoder.encode(request, takeFrames());
  tell({ type: 'done', encoder: encoder.name });
} catch (error) {
  const isKnown = error instanceof AppError;
  const detail = isKnown ? (error.detail ?? '') : String((error as Error).stack ?? error);
  tell({ type: 'failed', code: isKnown ? error.code : '', detail });
}
port.close();

async function* takeFrames(): AsyncGenerator<Uint8Array> {
  for await (const [message] of on(port, 'message') as AsyncIterable<[ToThread]>) {
    if (message.type === 'end') return;
    if (message.type === 'stop') throw new Error('stopped');
    yield new Uint8Array(buffers[message.buffer] as SharedArrayBuffer);
    tell({ type: 'free', buffer: message.buffer });
  }
}

function tell(message: FromThread): void {
  port.postMessage(message);
}
