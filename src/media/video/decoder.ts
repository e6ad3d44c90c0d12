import type { ClipHeader } from '../schema.ts';

/** What a decoder is asked for: frames at a steady rate, upright, in square pixels of exactly this size. */
export interface FrameRequest {
  path: string;
  format: ClipHeader['format'];
  /** Of the header: which of the file's tracks to decode; undefined: the first of its kind. */
  track: number | undefined;
  /** FFmpeg filter chain that ends in `yuv420p` frames of `width` × `height`. */
  filter: string;
  width: number;
  height: number;
  /** How many frames the container lists. */
  frameCount: number;
  /** Undefined: one for each processor, up to {@link decoderThreadsMax}. */
  threadCount?: number | undefined;
  /** Where each frame is put; undefined: memory of the decoder's own. */
  memory?: Uint8Array | undefined;
}

/** Which track of which file. */
export type TrackRequest = Pick<FrameRequest, 'path' | 'format' | 'track'>;

/** A program or library that decodes clips. Both work in one pass from the first frame to the last, without seeking. */
export interface VideoDecoder {
  /** With its version, for the manifest. */
  readonly name: string;
  /** Whether frames come without another process, so that to take them one by one costs no more than to store them. */
  readonly isInProcess: boolean;
  /**
   * Yields the bytes of frames (`yuv-frame.ts`), each valid only until the next is asked for, the last one for good. Throws
   * {@link DecodeError}, at the latest behind the last frame, when less than {@link decodedShareMin} could be decoded.
   */
  frames(request: FrameRequest): AsyncGenerator<Uint8Array>;
  /** Writes the same bytes into a new file, one frame behind the other. Throws {@link DecodeError}, of a full disk too. */
  store(request: FrameRequest, path: string): Promise<void>;
  /** Yields the sound track as 16-bit samples, one channel, `voiceRateHz` unless told else. Throws {@link DecodeError}. */
  sound(request: TrackRequest, rateHz?: number): AsyncGenerator<Int16Array>;
}

/** The decoder's own words on why it stopped. */
export class DecodeError extends Error {}

/**
 * A clip of which less than this share can be decoded is refused: decoders hide gaps by repeating and smearing what
 * came before, and such frames must not become views.
 */
export const decodedShareMin = 0.9;

/** Throws {@link DecodeError} where more frames than that are damaged, of `frameCount` that the container lists. */
export function checkMendedFrames(mendedCount: number, frameCount: number): void {
  if (mendedCount <= frameCount * (1 - decodedShareMin)) return;
  throw new DecodeError(`${mendedCount} of ${frameCount} frames are damaged`);
}

/**
 * Whether ffmpeg was ended from outside: what stops a server is often sent to all its processes at once. It catches the
 * signal itself then and ends with 255, without a word on the error level.
 */
export function wasStopped(code: number | null, signal: NodeJS.Signals | null, words: string): boolean {
  return (signal !== null && outsideSignals.has(signal)) || (code === 255 && words === '');
}

/** Others, as of a crash, are the clip's doing. */
const outsideSignals: ReadonlySet<string> = new Set(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL']);

/** FFmpeg's names of the only demuxers and decoders that may be used, whatever else the build contains. */
export const demuxers = { mp4: 'mov', mov: 'mov', webm: 'matroska' } as const;
export const demuxerWhitelist = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm';
export const codecWhitelist = [
  ...['h264', 'hevc', 'vp8', 'vp9', 'libvpx', 'libvpx-vp9', 'av1', 'libdav1d', 'libaom-av1'],
  ...['mpeg4', 'prores', 'mjpeg'],
  ...['aac', 'mp3', 'mp3float', 'opus', 'libopus', 'vorbis', 'libvorbis', 'alac', 'flac', 'ac3', 'eac3'],
  ...['pcm_s16le', 'pcm_s16be', 'pcm_s24le', 'pcm_s24be', 'pcm_s32le', 'pcm_f32le', 'pcm_u8'],
].join(',');

/**
 * Tracks that a file may hold: phones write up to 8, editors 18 and more for sound. To compare each with each, as the choice
 * of one does, took 10 s at 2,000. Only pictures, sound and subtitles are counted; FFmpeg counts others too, so it may meet
 * twice as many.
 */
export const tracksMax = 32;
export const streamsMax = 2 * tracksMax;

/** Threads of one decoder. More than four gain little on 8 s and each costs frames of memory. */
export const decoderThreadsMax = 4;
