import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
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

/** Null when `program` does not run, or was built without libx264 or AAC. */
export async function findFfmpegEncoder(program: string): Promise<VideoEncoder | null> {
  try {
    // the banner, on standard error, tells the version
    const { stdout: encoders, stderr } = await promisify(execFile)(program, ['-encoders'], { timeout: 120_000 });
    const version = /^ffmpeg version (\S+)/.exec(stderr)?.[1];
    if (version === undefined || !/ libx264 /.test(encoders) || !/ aac /.test(encoders)) return null;
    return {
      name: `ffmpeg ${version}`,
      isInProcess: false,
      encode: (request, frames) => encode(program, request, frames),
    };
  } catch {
    return null;
  }
}

/** Pipes the frames into ffmpeg. It stays in our process group, so the parent's SIGKILL reaches it. */
async function encode(program: string, request: EncodeRequest, frames: AsyncIterable<Uint8Array>): Promise<void> {
  const ffmpeg = spawn(program, listArguments(request), { stdio: ['pipe', 'ignore', 'pipe'] });
  const words = keepTail(ffmpeg);
  const ended = once(ffmpeg, 'close') as Promise<[number | null]>;
  ended.catch(() => undefined);
  // a broken pipe shows as a failed write and in the exit code
  ffmpeg.stdin.on('error', () => undefined);
  try {
    for await (const frame of frames) if (!(await write(ffmpeg.stdin, frame))) break;
    ffmpeg.stdin.end();
    const [code] = await ended;
    if (code !== 0) throw describeFailure(words() || `ffmpeg ended with code ${code}`);
  } finally {
    ffmpeg.kill('SIGKILL');
  }
}

/** Resolves when the memory may be used again: whether ffmpeg is still listening. */
function write(stdin: Writable, frame: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    stdin.write(frame, (error) => resolve(error === null || error === undefined));
  });
}

function listArguments({ path, width, height, soundPath, title, comment }: EncodeRequest): string[] {
  const ahead = chooseLookahead({ width, height });
  const raw = ['-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', `${width}x${height}`];
  const sound = ['-f', 's16le', '-ar', String(soundRateHz), '-ac', '1', '-i', soundPath ?? ''];
  const colors = ['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
  const options = Object.entries(x264Options).flatMap(([name, value]) => [
    `-${name}${name === 'profile' ? ':v' : ''}`,
    value,
  ]);
  return [
    ...['-hide_banner', '-loglevel', 'error', '-y'],
    ...[...raw, '-framerate', String(frameRate), '-i', 'pipe:0', ...(soundPath === null ? [] : sound)],
    ...[
      '-map',
      '0:v:0',
      ...(soundPath === null ? [] : ['-map', '1:a:0', '-c:a', 'aac', '-b:a', String(soundBitsPerSecond)]),
    ],
    ...['-c:v', 'libx264', ...options, '-g', String(keyFrameEvery), '-threads', String(encoderThreads)],
    ...[...(ahead.bFrames === null ? [] : ['-bf', String(ahead.bFrames)]), '-x264-params', ahead.params],
    ...['-pix_fmt', 'yuv420p', ...colors, '-chroma_sample_location', 'center'],
    ...['-metadata', `title=${title}`, '-metadata', `comment=${comment}`],
    // no program name and no time of day: equal orders give equal bytes
    ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
    ...['-movflags', '+faststart', '-f', 'mp4', path],
  ];
}

function describeFailure(words: string): Error {
  return /no space left|disk quota/i.test(words) ? noRoomForVideo(words) : encodingFailed(words);
}

function keepTail(ffmpeg: ChildProcessByStdio<Writable, null, Readable>): () => string {
  let tail = '';
  ffmpeg.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-1000);
  });
  return () => tail.trim();
}
