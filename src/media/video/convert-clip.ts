import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { invalidMedia, noClipConverter } from '../errors.ts';
import type { MediaSource } from '../inspect-source.ts';
import { sniffBytes, sniffFormat } from '../sniff-format.ts';
import { codecWhitelist, decodedShareMin, decoderThreadsMax, demuxers, demuxerWhitelist } from './decoder.ts';

/** How a clip is to be written. */
export interface ClipWish {
  /** It is made smaller where it is larger, never the other way round. */
  shortSideMaxPx: number;
  /** Frames a second; absent: as they are. */
  frameRate?: number;
}

export interface ClipConversion {
  program: string;
  source: Omit<MediaSource, 'role'>;
  /** Must not exist. */
  path: string;
  wish: ClipWish;
}

/** libx264's quality scale: 18 is the value its own guide calls visually lossless. */
const quality = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-pix_fmt', 'yuv420p'];
const sound = ['-c:a', 'aac', '-b:a', '192k'];

/**
 * Writes a clip anew with ffmpeg, upright and in square pixels, under the same restrictions as decoding it. `onStep` is
 * called about twice a second while it works. Throws `invalid_parameters` or `service_error`.
 */
export async function convertClip(conversion: ClipConversion, onStep: () => void): Promise<void> {
  const { program, source, path, wish } = conversion;
  const { shortSideMaxPx, frameRate } = wish;
  const sniffed = sniffFormat(await readHead(source.path));
  if (sniffed.kind !== 'clip') throw invalidMedia(source.param, `is ${sniffed.what}, expected a video`);
  const threads = String(Math.min(decoderThreadsMax, availableParallelism()));
  const input = [
    ...['-protocol_whitelist', 'file', '-format_whitelist', demuxerWhitelist, '-codec_whitelist', codecWhitelist],
    ...['-max_streams', '16', '-threads', threads, '-f', demuxers[sniffed.format]],
    ...['-i', `file:./${basename(source.path)}`],
  ];
  // H.264 in 4:2:0 needs even sides; both are rounded down together, so that no picture is stretched by more than a pixel.
  const shrink = `min(1,${shortSideMaxPx}/min(iw,ih))`;
  const even = (side: string) => `trunc(${side}*${shrink}/2)*2`;
  // Within 1 % of square a pixel is square, as everywhere in this program (decision 0033).
  const square = `scale='if(lt(abs(sar-1),0.01),iw,iw*sar)':ih,setsar=1`;
  const rate = frameRate === undefined ? '' : `fps=${frameRate},`;
  const filter = `${rate}${square},scale='${even('iw')}':'${even('ih')}',setsar=1`;
  const output = [
    ...['-map', '0:v:0', '-map', '0:a:0?', '-sn', '-dn', '-map_metadata', '-1', '-vf', filter, ...quality, ...sound],
    ...['-movflags', '+faststart', '-progress', 'pipe:1', '-f', 'mp4', `file:${resolve(path)}`],
  ];
  const limits = ['-max_alloc', String(256 * 2 ** 20), '-max_error_rate', (1 - decodedShareMin).toFixed(2)];
  await runFfmpeg(
    program,
    ['-nostdin', '-n', '-hide_banner', '-loglevel', 'error', ...limits, ...input, ...output],
    source,
    onStep,
  );
}

async function runFfmpeg(
  program: string,
  args: readonly string[],
  { path, param }: Pick<MediaSource, 'path' | 'param'>,
  onStep: () => void,
): Promise<void> {
  const ffmpeg = spawn(program, args, { cwd: dirname(path), stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  ffmpeg.stdout.on('data', onStep);
  ffmpeg.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-1000);
  });
  try {
    const [code] = (await once(ffmpeg, 'close')) as [number | null];
    if (code === 0) return;
  } catch (error) {
    throw noClipConverter(param, (error as Error).message);
  } finally {
    ffmpeg.kill('SIGKILL');
  }
  if (/unknown encoder/i.test(words)) throw noClipConverter(param, words.trim());
  throw invalidMedia(param, 'could not be decoded to its end', words.trim());
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
