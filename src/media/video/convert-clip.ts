import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { decoderStopped, invalidMedia, noClipConverter } from '../errors.ts';
import type { ClipHeader } from '../schema.ts';
import { sniffBytes, sniffFormat } from '../sniff-format.ts';
import type { MediaSource } from '../sources.ts';
import { specifyStream } from './choose-tracks.ts';
import { findNodeAvConverter } from './convert-with-node-av.ts';
import {
  checkMendedFrames,
  codecWhitelist,
  decodedShareMin,
  decoderThreadsMax,
  demuxers,
  demuxerWhitelist,
  streamsMax,
  wasStopped,
} from './decoder.ts';
import { findPicturesEnd } from './find-pictures-end.ts';
import { ffmpegLevel, hearFfmpeg } from './hear-ffmpeg.ts';
import { readContainer } from './read-container.ts';

/** How a clip is to be written. */
export interface ConversionOptions {
  /** It is made smaller where it is larger, never the other way round. */
  shortSideMaxPx: number;
  /** Frames a second; absent: as they are. */
  frameRate?: number;
}

export interface ClipConversion {
  /** A path, or `node-av`; undefined: what is there. */
  program: string | undefined;
  source: Omit<MediaSource, 'role'>;
  /** Must not exist. */
  path: string;
  options: ConversionOptions;
}

/** libx264's quality scale: 18 is the value its own guide calls visually lossless. */
const quality = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-pix_fmt', 'yuv420p'];
const sound = ['-c:a', 'aac', '-b:a', '192k'];

/**
 * Writes a clip anew, upright and in square pixels, its sound no longer than its pictures, under the same restrictions as decoding it: with the program that the
 * setting names, else with ffmpeg from PATH, else with node-av. `onStep` is called about twice a second or more while it
 * works. Throws `invalid_parameters` or `service_error`.
 */
export async function convertClip(conversion: ClipConversion, onStep: () => void): Promise<void> {
  const { program, source } = conversion;
  const sniffed = sniffFormat(await readHead(source.path));
  if (sniffed.kind !== 'clip') throw invalidMedia(source.param, `is ${sniffed.what}, expected a video`);
  const header = await readContainer(source, sniffed.format);
  const soundEnd = await findPicturesEnd(source.path, sniffed.format);
  if (program !== 'node-av') {
    try {
      return await convertWithFfmpeg({ ...conversion, header, soundEnd }, onStep);
    } catch (error) {
      const mayBeReplaced = program === undefined && error instanceof NoConverter;
      if (!mayBeReplaced) throw error instanceof NoConverter ? noClipConverter(source.param, error.message) : error;
    }
  }
  const convert = await findNodeAvConverter();
  if (convert === null) throw noClipConverter(source.param, 'neither ffmpeg nor node-av with libx264 is there');
  try {
    await convert({ ...conversion, header, soundEnd, filter: writeFilter(conversion.options) }, onStep);
  } catch (error) {
    throw invalidMedia(source.param, undecodable, (error as Error).message);
  }
}

const undecodable = 'could not be decoded to its end';

/** There is no such program, or it can't write H.264. */
class NoConverter extends Error {}

/** From upright frames to those that are written. */
function writeFilter({ shortSideMaxPx, frameRate }: ConversionOptions): string {
  // H.264 in 4:2:0 needs even sides; both are rounded down together, so that no picture is stretched by more than a pixel.
  const shrink = `min(1,${shortSideMaxPx}/min(iw,ih))`;
  const even = (side: string) => `trunc(${side}*${shrink}/2)*2`;
  // Within 1 % of square a pixel is square, as everywhere in this program (decision 0033).
  const square = `scale='if(lt(abs(sar-1),0.01),iw,iw*sar)':ih,setsar=1`;
  const rate = frameRate === undefined ? '' : `fps=${frameRate},`;
  return `${rate}${square},scale='${even('iw')}':'${even('ih')}',setsar=1`;
}

async function convertWithFfmpeg(
  {
    program = 'ffmpeg',
    source,
    path,
    options,
    header,
    soundEnd,
  }: ClipConversion & { header: ClipHeader; soundEnd: number },
  onStep: () => void,
): Promise<void> {
  const threads = String(Math.min(decoderThreadsMax, availableParallelism()));
  const input = [
    ...['-protocol_whitelist', 'file', '-format_whitelist', demuxerWhitelist, '-codec_whitelist', codecWhitelist],
    ...['-max_streams', String(streamsMax), '-threads', threads, '-f', demuxers[header.format]],
    ...['-i', `file:./${basename(source.path)}`],
  ];
  const output = [
    ...[
      '-map',
      specifyStream('v', header.format, header.track),
      ...listSound(header, soundEnd),
      '-sn',
      '-dn',
      '-map_metadata',
      '-1',
      '-vf',
      writeFilter(options),
    ],
    ...[...quality, ...sound, '-movflags', '+faststart', '-progress', 'pipe:1', '-f', 'mp4', `file:${resolve(path)}`],
  ];
  const limits = ['-max_alloc', String(256 * 2 ** 20), '-max_error_rate', (1 - decodedShareMin).toFixed(2)];
  const start = ['-nostdin', '-n', '-hide_banner', ...ffmpegLevel];
  await runFfmpeg(program, [...start, ...limits, ...input, ...output], source, header, onStep);
}

function listSound({ sound_track, format }: ClipHeader, endSeconds: number): string[] {
  if (sound_track === null) return [];
  return ['-map', `${specifyStream('a', format, sound_track.track)}?`, '-af', `atrim=end=${endSeconds.toFixed(6)}`];
}

async function runFfmpeg(
  program: string,
  args: readonly string[],
  { path, param }: Pick<MediaSource, 'path' | 'param'>,
  { frame_count }: ClipHeader,
  onStep: () => void,
): Promise<void> {
  const ffmpeg = spawn(program, args, { cwd: dirname(path), stdio: ['ignore', 'pipe', 'pipe'] });
  const heard = hearFfmpeg(ffmpeg.stderr);
  let code: number | null;
  let signal: NodeJS.Signals | null;
  ffmpeg.stdout.on('data', onStep);
  try {
    [code, signal] = (await once(ffmpeg, 'close')) as [number | null, NodeJS.Signals | null];
  } catch (error) {
    throw new NoConverter((error as Error).message);
  } finally {
    ffmpeg.kill('SIGKILL');
  }
  const words = heard.errors();
  if (code === 0) {
    try {
      return checkMendedFrames(heard.mendedFrames(), frame_count);
    } catch (error) {
      throw invalidMedia(param, undecodable, (error as Error).message);
    }
  }
  if (/unknown encoder/i.test(words)) throw new NoConverter(words);
  if (wasStopped(code, signal, words)) throw decoderStopped(`ffmpeg ended with ${signal ?? code}`);
  throw invalidMedia(param, undecodable, words);
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(sniffBytes), 0, sniffBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
