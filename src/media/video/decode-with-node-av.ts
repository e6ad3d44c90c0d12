import { open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Decoder, Demuxer, Frame } from 'node-av';
import { voiceRateHz } from '../voice/index.ts';
import { findStream } from './choose-tracks.ts';
import {
  codecWhitelist,
  DecodeError,
  decodedShareMin,
  decoderThreadsMax,
  demuxers,
  demuxerWhitelist,
  type FrameRequest,
  streamsMax,
  type TrackRequest,
  type VideoDecoder,
} from './decoder.ts';
import { countFrameBytes } from './yuv-frame.ts';

type NodeAv = typeof import('node-av');

/** Null when the optional npm package node-av is not installed, or has no binary for this machine. */
export async function findNodeAv(): Promise<VideoDecoder | null> {
  try {
    const av = await import('node-av');
    av.Log.setLevel(av.AV_LOG_QUIET);
    return {
      name: `node-av (FFmpeg ${av.getFFmpegInfo().version})`,
      isInProcess: true,
      frames: (request) => frames(av, request),
      store: (request, path) => store(av, request, path),
      sound: (request, rateHz) => sound(av, request, rateHz),
    };
  } catch {
    return null;
  }
}

async function* frames(av: NodeAv, request: FrameRequest): AsyncGenerator<Uint8Array> {
  const countMin = Math.floor(request.frameCount * decodedShareMin);
  const reader = openPlanes(av, request);
  try {
    yield* decode(av, request, av.AVMEDIA_TYPE_VIDEO, reader.read, countMin);
  } finally {
    reader.close();
  }
}

/**
 * Reads the planes of YUV 4:2:0 frames into one piece of memory, the same for all. The library shows the memory of a frame to V8 as
 * if it were V8's own, which is then collected again and again; so each frame is copied into one that is shown once.
 */
function openPlanes(av: NodeAv, { width, height, memory }: Pick<FrameRequest, 'width' | 'height' | 'memory'>) {
  const bytes = memory ?? new Uint8Array(countFrameBytes(width, height));
  const shown = new av.Frame();
  shown.alloc();
  Object.assign(shown, { width, height, format: av.AV_PIX_FMT_YUV420P });
  av.FFmpegError.throwIfError(shown.getBuffer(), 'Failed to allocate a frame');
  const [planes, strides] = [shown.data ?? [], shown.linesize];
  return {
    read(frame: Frame): Uint8Array {
      av.FFmpegError.throwIfError(shown.copy(frame), 'Failed to copy a frame');
      let to = 0;
      for (const [at, plane] of planes.entries()) {
        const [columns, rows] = at === 0 ? [width, height] : [width / 2, height / 2];
        const stride = strides[at] ?? columns;
        if (stride === columns) bytes.set(plane.subarray(0, columns * rows), to);
        else
          for (let row = 0; row < rows; row++)
            bytes.set(plane.subarray(row * stride, row * stride + columns), to + row * columns);
        to += columns * rows;
      }
      return bytes;
    },
    close: () => shown.free(),
  };
}

async function store(av: NodeAv, request: FrameRequest, path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for await (const frame of frames(av, request)) await file.write(frame).catch(refuseWrite);
  } finally {
    await file.close();
  }
}

function refuseWrite(error: Error): never {
  throw new DecodeError(error.message);
}

async function* sound(av: NodeAv, request: TrackRequest, rateHz = voiceRateHz): AsyncGenerator<Int16Array> {
  const filter = `aresample=${rateHz},aformat=sample_fmts=s16:channel_layouts=mono`;
  const take = (frame: Frame) => frame.toBuffer();
  for await (const bytes of decode(av, { ...request, filter }, av.AVMEDIA_TYPE_AUDIO, take, 1)) {
    yield Int16Array.from({ length: bytes.length >> 1 }, (_, at) => bytes.readInt16LE(at * 2));
  }
}

/**
 * One pass over one stream through a filter chain; yields what `take` makes of each filtered frame. Throws behind the last one
 * when fewer than `countMin` frames could be decoded. All of it is called without threads of Node's: to hand each step of a frame to
 * one and to wait for it took half as long again as the decoding; between frames others get their turn.
 */
async function* decode<Bytes>(
  av: NodeAv,
  request: TrackRequest & { filter: string; threadCount?: number | undefined },
  codecType: number,
  take: (frame: Frame) => Bytes,
  countMin: number,
): AsyncGenerator<Bytes> {
  let count = 0;
  function* counted(decoded: Iterable<Frame | null>) {
    for (const frame of decoded) {
      if (frame !== null && !isMended(av, frame)) count += 1;
      yield frame;
    }
  }
  let decoder: Decoder | undefined;
  let demuxer: Demuxer | undefined;
  const graph = av.FilterAPI.create(request.filter);
  try {
    demuxer = await av.Demuxer.open(`file:${request.path}`, { format: demuxers[request.format], options: hardening });
    const stream = findStream(demuxer.streams, codecType, request.format, request.track);
    if (stream === undefined) throw new Error('no such stream');
    const threadCount = request.threadCount ?? Math.min(decoderThreadsMax, availableParallelism());
    decoder = await av.Decoder.create(stream, { threadCount, exitOnError: false });
    for (const frame of graph.framesSync(counted(decoder.framesSync(demuxer.packetsSync(stream.index))))) {
      if (frame === null) continue;
      const bytes = take(frame);
      frame.free();
      yield bytes;
      await nextTurn();
    }
    if (count < countMin) throw new Error(`only ${count} frames could be decoded`);
  } catch (error) {
    throw new DecodeError((error as Error).message);
  } finally {
    graph.close();
    decoder?.close();
    await demuxer?.close();
  }
}

/** Whether the decoder has filled up a frame with what it had, since its own bytes are damaged. */
export function isMended(av: Pick<NodeAv, 'AV_FRAME_FLAG_CORRUPT'>, frame: Frame): boolean {
  return frame.decodeErrorFlags !== 0 || (frame.flags & av.AV_FRAME_FLAG_CORRUPT) !== 0;
}

const hardening = {
  protocol_whitelist: 'file',
  format_whitelist: demuxerWhitelist,
  codec_whitelist: codecWhitelist,
  probesize: 5_000_000,
  analyzeduration: 5_000_000,
  max_streams: streamsMax,
};
