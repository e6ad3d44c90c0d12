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
  /** Whether it works without another process. */
  readonly isInProcess: boolean;
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
 * Settings of libx264 for both ways of calling it, together with {@link chooseLookahead}. Quality 20: flat grounds stay
 * free of blocks. `superfast` with the shifting of bits (mbtree) that it lacks and B-frames at fixed places gives the
 * pictures and sizes of `veryfast` (PSNR within 0.25 dB, SSIM within 0.0003, 90 to 108 % of the bytes) in 55 to 75 % of
 * its time (measured on the benchmark's requests, 0042).
 */
export const x264Options = { preset: 'superfast', crf: '20', profile: 'high' } as const;
/** A key frame every two seconds lets players seek. */
export const keyFrameEvery = 48;

/** Most pixels of a frame of which the encoder may hold as many as it likes. */
const plentyPixelsMax = 1280 * 720;

/**
 * How far the encoder looks ahead, as libx264's own parameters. It holds every frame it looks at: at 4k four of them with
 * one B-frame and no queue before the lookahead are 430 MiB, where its own habits take 770. `bFrames` is null for its own
 * habits.
 */
export function chooseLookahead({ width, height }: Pick<EncodeRequest, 'width' | 'height'>): {
  bFrames: number | null;
  params: string;
} {
  return width * height <= plentyPixelsMax
    ? { bFrames: null, params: 'mbtree=1:rc-lookahead=10:b-adapt=0' }
    : { bFrames: 1, params: 'mbtree=1:rc-lookahead=4:sync-lookahead=0:b-adapt=0' };
}
