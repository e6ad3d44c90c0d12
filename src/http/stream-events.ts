import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { OpenStream } from './open-streams.ts';

/** One event of a `text/event-stream`, ready to be sent. */
export interface StreamEvent {
  id: string;
  /** Without it the event tells a reader only where it stands. */
  event?: string;
  /** JSON. */
  data?: string;
}

export interface EventSource {
  events: AsyncGenerator<StreamEvent, void, void>;
  /** The id behind everything that was taken from `events`. */
  position(): string | null;
}

/** Milliseconds that a browser waits before it connects again. */
const retryMs = 1_000;

/**
 * Answers with an event stream that ends when `source` does. A reader that doesn't read is not buffered for: nothing is
 * taken from `source` while its connection is full. Every 15 s comes a comment, with the newest position, so that a quiet
 * stream can be resumed as well as a busy one.
 */
export function streamEvents(reply: FastifyReply, source: EventSource, open: OpenStream): FastifyReply {
  const stream = new PassThrough();
  open.keepAlive(() => {
    if (stream.writableNeedDrain || stream.writableEnded) return;
    const id = source.position();
    stream.write(id === null ? ': alive\n\n' : `: alive\nid: ${id}\n\n`);
  });
  stream.once('close', open.close);
  // An answer that is cut off is destroyed without a word to what it was piped from.
  reply.raw.once('close', () => stream.destroy());
  void pump(stream, source.events);
  return reply
    .headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-store, no-transform',
      // nginx would hold events back until a buffer is full.
      'x-accel-buffering': 'no',
    })
    .send(stream);
}

async function pump(stream: PassThrough, events: EventSource['events']): Promise<void> {
  try {
    stream.write(`retry: ${retryMs}\n\n`);
    for await (const event of events) {
      if (stream.destroyed) return;
      if (!stream.write(presentEvent(event))) await waitForRoom(stream);
      if (stream.destroyed) return;
    }
    stream.end();
  } catch {
    // Cut off rather than ended, so that the reader comes back and goes on.
    stream.destroy();
  }
}

function presentEvent({ id, event, data }: StreamEvent): string {
  const lines = [
    `id: ${id}`,
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(data === undefined ? [] : [`data: ${data}`]),
  ];
  return `${lines.join('\n')}\n\n`;
}

function waitForRoom(stream: PassThrough): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      stream.off('drain', end);
      stream.off('close', end);
      done();
    };
    stream.on('drain', end);
    stream.on('close', end);
  });
}
