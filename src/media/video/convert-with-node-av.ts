import { availableParallelism } from 'node:os';
import type { Encoder, Frame, Muxer } from 'node-av';
import type { ClipHeader } from '../schema.ts';
import { findStream } from './choose-tracks.ts';
import { isMended } from './decode-with-node-av.ts';
import {
  codecWhitelist,
  DecodeError,
  decodedShareMin,
  decoderThreadsMax,
  demuxers,
  demuxerWhitelist,
  streamsMax,
} from './decoder.ts';
import { listTurns } from './plan-frames.ts';

type NodeAv = typeof import('node-av');

/** Null when the optional npm package node-av is not installed, has no binary for this machine, or lacks libx264. */
export async function findNodeAvConverter() {
  try {
    const av = await import('node-av');
    av.Log.setLevel(av.AV_LOG_QUIET);
    if (av.Codec.findEncoderByName(av.FF_ENCODER_LIBX264) === null) return null;
    return (conversion: NodeAvConversion, onStep: () => void) => convert(av, conversion, onStep);
  } catch {
    return null;
  }
}

export interface NodeAvConversion {
  source: { path: string };
  /** Where the MP4 goes. */
  path: string;
  header: ClipHeader;
  /** When the last picture ends, in seconds of the clip's own clock. */
  soundEnd: number;
  /** FFmpeg's chain from upright frames to those that are written. */
  filter: string;
}

/** AAC holds so many samples in a frame. */
const soundFilter = 'aformat=sample_fmts=fltp:channel_layouts=mono|stereo,asetnsamples=n=1024:p=0';

/** As with ffmpeg's program. Throws `DecodeError` for a clip that can't be decoded to its end. */
async function convert(av: NodeAv, conversion: NodeAvConversion, onStep: () => void): Promise<void> {
  const { header, path, filter, soundEnd } = conversion;
  const muxer = await av.Muxer.open(path, { format: 'mp4', options: { movflags: '+faststart' } });
  let video: Encoder | undefined;
  let sound: Encoder | undefined;
  try {
    video = await av.Encoder.create(av.FF_ENCODER_LIBX264, {
      options: { preset: 'veryfast', crf: 18 },
      context: { threadCount: Math.min(decoderThreadsMax, availableParallelism()) },
    });
    const videoStream = muxer.addStream(video);
    if (header.sound_track !== null) {
      sound = await av.Encoder.create(av.FF_ENCODER_AAC, { context: { bitRate: 192_000 } });
      const soundStream = muxer.addStream(sound);
      // The muxer sorts by time; the whole sound is small, so it goes first.
      await transcode(
        av,
        conversion,
        { codecType: av.AVMEDIA_TYPE_AUDIO, track: header.sound_track.track, endSeconds: soundEnd },
        soundFilter,
        {
          encoder: sound,
          muxer,
          to: soundStream,
        },
      );
    }
    const upright = [...listTurns(header), filter, 'format=yuv420p'].join(',');
    const target = { encoder: video, muxer, to: videoStream };
    const count = await transcode(
      av,
      conversion,
      { codecType: av.AVMEDIA_TYPE_VIDEO, track: header.track },
      upright,
      target,
      onStep,
    );
    if (count < Math.floor(header.frame_count * decodedShareMin)) {
      throw new DecodeError(`only ${count} of ${header.frame_count} frames could be decoded`);
    }
  } finally {
    video?.close();
    sound?.close();
    await muxer.close();
  }
}

/** One pass over one stream; answers how many frames of it were decoded. */
async function transcode(
  av: NodeAv,
  { source, header }: NodeAvConversion,
  { codecType, track, endSeconds = Number.POSITIVE_INFINITY }: Wanted,
  filter: string,
  target: Target,
  onStep: () => void = () => undefined,
): Promise<number> {
  let count = 0;
  const demuxer = await av.Demuxer.open(`file:${source.path}`, { format: demuxers[header.format], options: hardening });
  const graph = av.FilterAPI.create(filter);
  try {
    const stream = findStream(demuxer.streams, codecType, header.format, track);
    if (stream === undefined) throw new DecodeError('no such stream');
    const threadCount = Math.min(decoderThreadsMax, availableParallelism());
    using decoder = await av.Decoder.create(stream, { threadCount, exitOnError: false });
    async function* counted(frames: AsyncIterable<Frame | null>): AsyncGenerator<Frame | null> {
      for await (const frame of frames) {
        // Ended here and not by a filter: a graph that has closed its input calls the next frame an error.
        if (frame !== null && isAt(frame, endSeconds)) {
          frame.free();
          yield null;
          return;
        }
        if (frame !== null && !isMended(av, frame)) count += 1;
        yield frame;
      }
    }
    for await (const frame of graph.frames(counted(decoder.frames(demuxer.packets(stream.index))))) {
      if (frame === null) continue;
      await write(frame, target);
      frame.free();
      onStep();
    }
    await write(null, target);
    return count;
  } finally {
    graph.close();
    await demuxer.close();
  }
}

interface Wanted {
  codecType: number;
  track: number | undefined;
  /** Frames from then on are left out. */
  endSeconds?: number;
}

function isAt({ pts, timeBase }: Frame, seconds: number): boolean {
  return (Number(pts) * timeBase.num) / timeBase.den >= seconds;
}

interface Target {
  encoder: Encoder;
  muxer: Muxer;
  to: number;
}

async function write(frame: Frame | null, { encoder, muxer, to }: Target): Promise<void> {
  for (const packet of await encoder.encodeAll(frame)) {
    await muxer.writePacket(packet, to);
    packet.free();
  }
}

const hardening = {
  protocol_whitelist: 'file',
  format_whitelist: demuxerWhitelist,
  codec_whitelist: codecWhitelist,
  max_streams: streamsMax,
};
