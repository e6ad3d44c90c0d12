import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { decoderStopped } from '../errors.ts';
import { voiceRateHz } from '../voice/index.ts';
import { specifyStream } from './choose-tracks.ts';
import {
  checkMendedFrames,
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
  wasStopped,
} from './decoder.ts';
import { ffmpegLevel, hearFfmpeg } from './hear-ffmpeg.ts';
import { countFrameBytes } from './yuv-frame.ts';

/** For a program that never answers; a busy machine may need long to start one. */
const answerMs = 120_000;

/** Null when `program` does not run. */
export async function findFfmpeg(program: string): Promise<VideoDecoder | null> {
  try {
    const { stdout } = await promisify(execFile)(program, ['-hide_banner', '-version'], { timeout: answerMs });
    const version = /^ffmpeg version (\S+)/.exec(stdout)?.[1];
    if (version === undefined) return null;
    return {
      name: `ffmpeg ${version}`,
      isInProcess: false,
      frames: (request) => frames(program, request),
      store: (request, path) => store(program, request, path),
      sound: (request, rateHz) => sound(program, request, rateHz),
    };
  } catch {
    return null;
  }
}

async function* frames(program: string, request: FrameRequest): AsyncGenerator<Uint8Array> {
  const frameBytes = countFrameBytes(request.width, request.height);
  const frame = request.memory ?? new Uint8Array(frameBytes);
  let filled = 0;
  for await (const chunk of run(program, request, listFrameOutput(request))) {
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + frameBytes - filled);
      frame.set(part, filled);
      filled += part.length;
      from += part.length;
      if (filled < frameBytes) break;
      yield frame;
      filled = 0;
    }
  }
}

/** Straight into the file: what comes by a pipe comes in pieces of 64 KiB, and collecting these costs as much as writing it. */
async function store(program: string, request: FrameRequest, path: string): Promise<void> {
  const chunks = run(program, request, [...listFrameOutput(request), '-y'], `file:${resolve(path)}`);
  while (!(await chunks.next()).done);
}

function listFrameOutput({ format, track, filter }: FrameRequest): string[] {
  const stream = ['-map', specifyStream('v', format, track), '-an', '-sn', '-dn'];
  return [...stream, '-vf', filter, '-f', 'rawvideo', '-pix_fmt', 'yuv420p'];
}

async function* sound(program: string, request: TrackRequest, rateHz = voiceRateHz): AsyncGenerator<Int16Array> {
  const output = [
    '-map',
    specifyStream('a', request.format, request.track),
    '-vn',
    '-sn',
    '-dn',
    '-ac',
    '1',
    '-ar',
    String(rateHz),
    '-f',
    's16le',
  ];
  let odd = Buffer.alloc(0);
  for await (const chunk of run(program, request, output)) {
    const bytes = Buffer.concat([odd, chunk]);
    const even = bytes.length & ~1;
    odd = bytes.subarray(even);
    yield Int16Array.from({ length: even / 2 }, (_, at) => bytes.readInt16LE(at * 2));
  }
}

/**
 * Runs ffmpeg on one of our own files and yields what it writes. It may open nothing but that file (no network, no
 * playlists, no other demuxer or decoder than those listed), and it writes into a pipe, unless told where else: when we end, it ends too. It
 * stays in our process group, so the parent's SIGKILL reaches it.
 */
async function* run(
  program: string,
  { path, format, threadCount, frameCount }: TrackRequest & Pick<FrameRequest, 'threadCount'> & { frameCount?: number },
  output: readonly string[],
  to = 'pipe:1',
): AsyncGenerator<Buffer> {
  const limits = ['-max_alloc', String(256 * 2 ** 20), '-max_error_rate', (1 - decodedShareMin).toFixed(2)];
  const input = [
    ...['-protocol_whitelist', 'file', '-format_whitelist', demuxerWhitelist, '-codec_whitelist', codecWhitelist],
    ...['-probesize', '5M', '-analyzeduration', '5M', '-max_streams', String(streamsMax), '-noautorotate'],
    ...['-threads', String(threadCount ?? Math.min(decoderThreadsMax, availableParallelism()))],
    ...['-f', demuxers[format], '-i', `file:./${basename(path)}`],
  ];
  const args = ['-nostdin', '-hide_banner', ...ffmpegLevel, ...limits, ...input, ...output, to];
  const ffmpeg = spawn(program, args, { cwd: dirname(path), stdio: ['ignore', 'pipe', 'pipe'] });
  const words = hearFfmpeg(ffmpeg.stderr);
  const ended = once(ffmpeg, 'close');
  ended.catch(() => undefined);
  try {
    for await (const chunk of ffmpeg.stdout) yield chunk as Buffer;
    const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    if (wasStopped(code, signal, words.errors())) throw decoderStopped(`ffmpeg ended with ${signal ?? code}`);
    if (code !== 0) throw new DecodeError(words.errors() || `ffmpeg ended with code ${code}`);
    if (frameCount !== undefined) checkMendedFrames(words.mendedFrames(), frameCount);
  } finally {
    ffmpeg.kill('SIGKILL');
  }
}
