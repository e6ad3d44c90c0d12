import { open } from 'node:fs/promises';
import type { Encoder, Muxer } from 'node-av';
import { encodingFailed, noRoomForVideo } from '../../errors.ts';
import { frameRate } from '../script.ts';
import {
  chooseLookahead,
  type EncodeRequest,
  encoderThreads,
  keyFrameEvery,
  soundBitsPerSecond,
  soundRateHz,
  type VideoEncoder,
  x264Options,
} from './encoder.ts';

type NodeAv = typeof import('node-av');

/** Null when the optional npm package node-av is not installed, has no binary for this machine, or lacks libx264. */
export async function findNodeAvEncoder(): Promise<VideoEncoder | null> {
  try {
    const av = await import('node-av');
    av.Log.setLevel(av.AV_LOG_QUIET);
    if (av.Codec.findEncoderByName(av.FF_ENCODER_LIBX264) === null) return null;
    return {
      name: `node-av (FFmpeg ${av.getFFmpegInfo().version})`,
      isInProcess: true,
      encode: (request, frames) => encode(av, request, frames),
    };
  } catch {
    return null;
  }
}

async function encode(av: NodeAv, request: EncodeRequest, frames: AsyncIterable<Uint8Array>): Promise<void> {
  const options = { movflags: '+faststart', fflags: 'bitexact' };
  const muxer = await run(() => av.Muxer.open(request.path, { format: 'mp4', options }));
  let video: Encoder | undefined;
  let sound: Encoder | undefined;
  let isWhole = false;
  try {
    video = await run(() => createVideoEncoder(av, request));
    const videoStream = muxer.addStream(video);
    sound = request.soundPath === null ? undefined : await run(() => createSoundEncoder(av));
    const soundStream = sound === undefined ? -1 : muxer.addStream(sound);
    muxer.getFormatContext().metadata = av.Dictionary.fromObject({ title: request.title, comment: request.comment });
    // the muxer sorts by time; the whole sound is small, so it goes first
    if (sound !== undefined) await writeSound(av, sound, muxer, soundStream, request.soundPath as string);
    await writeFrames(av, video, muxer, videoStream, request, frames);
    isWhole = true;
  } finally {
    video?.close();
    sound?.close();
    const closed = run(() => muxer.close());
    if (isWhole) await closed;
    else await closed.catch(() => undefined);
  }
}

function createVideoEncoder(av: NodeAv, request: EncodeRequest): Promise<Encoder> {
  const ahead = chooseLookahead(request);
  return av.Encoder.create(av.FF_ENCODER_LIBX264, {
    options: {
      preset: x264Options.preset,
      crf: Number(x264Options.crf),
      profile: x264Options.profile,
      'x264-params': ahead.params,
    },
    context: {
      ...(ahead.bFrames === null ? {} : { maxBFrames: ahead.bFrames }),
      gopSize: keyFrameEvery,
      threadCount: encoderThreads,
      colorRange: av.AVCOL_RANGE_MPEG,
      colorSpace: av.AVCOL_SPC_BT709,
      colorPrimaries: av.AVCOL_PRI_BT709,
      colorTrc: av.AVCOL_TRC_BT709,
      chromaLocation: av.AVCHROMA_LOC_CENTER,
    },
    configure: (context) => context.setFlags(av.AV_CODEC_FLAG_BITEXACT),
  });
}

function createSoundEncoder(av: NodeAv): Promise<Encoder> {
  return av.Encoder.create(av.FF_ENCODER_AAC, {
    context: { bitRate: soundBitsPerSecond },
    configure: (context) => context.setFlags(av.AV_CODEC_FLAG_BITEXACT),
  });
}

async function writeFrames(
  av: NodeAv,
  encoder: Encoder,
  muxer: Muxer,
  stream: number,
  { width, height }: EncodeRequest,
  frames: AsyncIterable<Uint8Array>,
): Promise<void> {
  const timeBase = { num: 1, den: frameRate };
  let pts = 0n;
  for await (const data of frames) {
    const buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const frame = av.Frame.fromVideoBuffer(buffer, { width, height, format: av.AV_PIX_FMT_YUV420P, timeBase, pts });
    frame.duration = 1n;
    await run(() => write(encoder, muxer, stream, frame));
    frame.free();
    pts += 1n;
  }
  await run(() => write(encoder, muxer, stream, null));
}

/** Samples that one AAC frame holds. */
const soundFrame = 1024;

async function writeSound(av: NodeAv, encoder: Encoder, muxer: Muxer, stream: number, path: string): Promise<void> {
  const file = await open(path);
  const bytes = Buffer.alloc(soundFrame * 2);
  const timeBase = { num: 1, den: soundRateHz };
  let pts = 0n;
  try {
    for (;;) {
      const { bytesRead } = await file.read(bytes, 0, bytes.length);
      if (bytesRead === 0) break;
      const frame = av.Frame.fromAudioBuffer(toFloats(bytes.subarray(0, bytesRead)), {
        nbSamples: bytesRead / 2,
        format: av.AV_SAMPLE_FMT_FLTP,
        sampleRate: soundRateHz,
        channelLayout: av.AV_CHANNEL_LAYOUT_MONO,
        timeBase,
        pts,
      });
      await run(() => write(encoder, muxer, stream, frame));
      frame.free();
      pts += BigInt(bytesRead / 2);
    }
    await run(() => write(encoder, muxer, stream, null));
  } finally {
    await file.close();
  }
}

/** 16-bit samples as the 32-bit floats that the AAC encoder takes. */
function toFloats(bytes: Buffer): Buffer {
  const floats = Buffer.alloc(bytes.length * 2);
  for (let at = 0; at < bytes.length; at += 2) floats.writeFloatLE(bytes.readInt16LE(at) / 32768, at * 2);
  return floats;
}

async function write(
  encoder: Encoder,
  muxer: Muxer,
  stream: number,
  frame: Parameters<Encoder['encodeAll']>[0],
): Promise<void> {
  for (const packet of await encoder.encodeAll(frame)) {
    await muxer.writePacket(packet, stream);
    packet.free();
  }
}

/** Names what the library throws; what comes from the frames passes through unchanged. */
async function run<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message } = error as Error;
    throw /no space left|ENOSPC|disk quota/i.test(message) ? noRoomForVideo(message) : encodingFailed(message);
  }
}
