import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { encodingFailed, noRoomForVideo, noVideoEncoder } from '../../errors.ts';
import { countFrameBytes } from '../frame/yuv-raster.ts';
import type { EncodeRequest } from './encoder.ts';
import type { FromThread, ThreadData, ToThread } from './encoder-thread.ts';

/** Frames under way between composing and encoding: so many may one be ahead of the other. */
const bufferCount = 3;

/** An encoder in a thread of its own. */
export interface EncoderThread {
  /**
   * Encodes frames while the next ones are made, and answers the encoder's name. Throws what the encoder throws
   * ({@link VideoEncoder}) and what `frames` throws; nothing is written any more by then. Once for each thread.
   */
  encode(request: EncodeRequest, frames: AsyncIterable<Uint8Array>): Promise<string>;
  /** Ends the thread if it is still there. */
  stop(): Promise<void>;
}

/** Starts the thread, which looks for the encoder `setting` names: half a core for a fifth of a second, so it begins early. */
export function startEncoder(setting: string | undefined): EncoderThread {
  const thread = startThread({ setting });
  return {
    async encode(request, frames) {
      const bytes = countFrameBytes(request.width, request.height);
      const buffers = Array.from({ length: bufferCount }, () => new SharedArrayBuffer(bytes));
      const copies = buffers.map((buffer) => new Uint8Array(buffer));
      thread.tell({ type: 'begin', request, buffers });
      try {
        for await (const frame of frames) {
          const buffer = await thread.takeBuffer();
          if (buffer === null) break;
          copies[buffer]?.set(frame);
          thread.tell({ type: 'frame', buffer });
        }
        thread.tell({ type: 'end' });
      } catch (error) {
        thread.tell({ type: 'stop' });
        await thread.ended.catch(() => undefined);
        throw error;
      }
      return thread.ended;
    },
    async stop() {
      thread.tell({ type: 'stop' });
      await thread.ended.catch(() => undefined);
    },
  };
}

interface StartedThread {
  tell(message: ToThread): void;
  /** A buffer to fill, as soon as there is one; null once the thread has ended. */
  takeBuffer(): Promise<number | null>;
  /** The encoder's name when all is written. */
  ended: Promise<string>;
}

function startThread(workerData: ThreadData): StartedThread {
  const file = new URL(`./encoder-thread${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const worker = new Worker(file, { workerData, resourceLimits: { maxOldGenerationSizeMb: 96 } });
  const free = Array.from({ length: bufferCount }, (_, at) => at);
  const ended = Promise.withResolvers<string>();
  ended.promise.catch(() => undefined);
  let isOver = false;
  let wake: () => void = () => undefined;
  worker.on('message', (message: FromThread) => {
    if (message.type === 'free') free.push(message.buffer);
    if (message.type === 'done') ended.resolve(message.encoder);
    if (message.type === 'failed') ended.reject(describeFailure(message));
    wake();
  });
  worker.on('error', (error) => ended.reject(encodingFailed((error as Error).message)));
  worker.on('exit', () => {
    isOver = true;
    ended.reject(encodingFailed('the encoder thread ended by itself'));
    wake();
  });
  return {
    tell: (message) => worker.postMessage(message),
    async takeBuffer() {
      while (free.length === 0 && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return isOver ? null : (free.shift() as number);
    },
    ended: ended.promise,
  };
}

function describeFailure({ code, detail }: { code: string; detail: string }): Error {
  if (code === 'resource_exhausted') return noRoomForVideo(detail);
  return detail.startsWith('TROUPE_FFMPEG') ? noVideoEncoder(detail) : encodingFailed(detail);
}
