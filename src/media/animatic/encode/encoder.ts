/** One video file to write. */
export interface EncodeRequest {
  /** Where it goes; what is there is overwritten. */
  path: string;
  width: number;
  height: number;
  /** A file of raw 16-bit little-endian samples, one channel at {@link soundRateHz}; null for no sound track. */
  soundPath: string | null;
  title: string;
  comment: string;
}

/** A program or library that writes H.264 and AAC into an MP4 that plays while it loads. */
export interface VideoEncoder {
  /** With its version. */
  readonly name: string;
  /**
   * Encodes I420 frames ({@link createFrame} of `yuv-raster.ts`), each valid only until the next is asked for. Throws
   * `resource_exhausted` when the disk is full, retryable `service_error` when encoding fails, and what `frames` throws.
   */
  encode(request: EncodeRequest, frames: AsyncIterable<Uint8Array>): Promise<void>;
}

/** What animatics are heard at. */
export const soundRateHz = 48_000;
export const soundBitsPerSecond = 96_000;

/** Threads of the encoder. A fixed number, since the number changes the bytes that come out. */
export const encoderThreads = 2;

/**
 * Settings of libx264 for both ways of calling it. `veryfast` at quality 20: flat grounds stay free of blocks, and the
 * encoder keeps to one core while the other composes.
 */
export const x264Options = { preset: 'veryfast', crf: '20', profile: 'high' } as const;
/** A key frame every two seconds lets players seek. */
export const keyFrameEvery = 48;

/** Most pixels of a frame of which the encoder may hold as many as it likes. */
const plentyPixelsMax = 1280 * 720;

/**
 * How far the encoder looks ahead. It holds every frame it looks at: with its own habits it takes 150 MiB at 720p, and
 * 770 MiB at 4k, where this leaves 430 MiB. Null for its own habits.
 */
export function chooseLookahead({
  width,
  height,
}: {
  width: number;
  height: number;
}): { frames: number; bFrames: number; params: string } | null {
  return width * height <= plentyPixelsMax ? null : { frames: 4, bFrames: 1, params: 'sync-lookahead=0' };
}
