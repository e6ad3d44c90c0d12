import { open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
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

type NodeAv = typeof import('node-av');

/** Null when the optional npm package node-av is not installed, or has no binary for this machine. */
export async function findNodeAv(): Promise<VideoDecoder | null> {
  try {
    const av = await import('node-av');
    av.Log.setLevel(av.AV_LOG_QUIET);
    return {
      name: `node-av (FFmpeg ${av.getFFmpegInfo().version})`,
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
  yield* decode(av, request, av.AVMEDIA_TYPE_VIDEO, request.filter, countMin);
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
  for await (const bytes of decode(av, request, av.AVMEDIA_TYPE_AUDIO, filter, 1)) {
    yield Int16Array.from({ length: bytes.length >> 1 }, (_, at) => bytes.readInt16LE(at * 2));
  }
}

/**
 * One pass over one stream through a filter chain; yields the bytes of each filtered frame. Throws behind the last one
 * when fewer than `countMin` frames could be decoded.
 */
async function* decode(
  av: NodeAv,
  request: TrackRequest,
  codecType: number,
  filter: string,
  countMin: number,
): AsyncGenerator<Buffer> {
  let count = 0;
  async function* counted(decoded: AsyncIterable<Frame | null>) {
    for await (const frame of decoded) {
      if (frame !== null) count += 1;
      yield frame;
    }
  }
  let decoder: Decoder | undefined;
  let demuxer: Demuxer | undefined;
  const graph = av.FilterAPI.create(filter);
  try {
    demuxer = await av.Demuxer.open(`file:${request.path}`, { format: demuxers[request.format], options: hardening });
    const stream = findStream(demuxer.streams, codecType, request.format, request.track);
    if (stream === undefined) throw new Error('no such stream');
    const threadCount = Math.min(decoderThreadsMax, availableParallelism());
    decoder = await av.Decoder.create(stream, { threadCount, exitOnError: false });
    for await (const frame of graph.frames(counted(decoder.frames(demuxer.packets(stream.index))))) {
      if (frame === null) continue;
      const bytes = frame.toBuffer();
      frame.free();
      yield bytes;
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

const hardening = {
  protocol_whitelist: 'file',
  format_whitelist: demuxerWhitelist,
  codec_whitelist: codecWhitelist,
  probesize: 5_000_000,
  analyzeduration: 5_000_000,
  max_streams: streamsMax,
};
