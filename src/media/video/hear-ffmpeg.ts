import type { Readable } from 'node:stream';

/** What {@link hearFfmpeg} reads: each line by itself, with its level. */
export const ffmpegLevel = ['-loglevel', 'repeat+level+warning'] as const;

export interface FfmpegWords {
  /** The last 1,000 characters of its errors. */
  errors(): string;
  /** How many frames its decoder has filled up with what it had, since their own bytes are damaged. */
  mendedFrames(): number;
}

/**
 * Listens to what ffmpeg writes beside its output, at {@link ffmpegLevel}. It counts a frame that its decoder calls damaged as decoded,
 * whatever `-max_error_rate` says, and only warns of it.
 */
export function hearFfmpeg(stderr: Readable): FfmpegWords {
  let rest = '';
  let tail = '';
  let count = 0;
  const take = (line: string) => {
    if (line.includes('corrupt decoded frame')) count += 1;
    else if (!line.includes('[warning]')) tail = `${tail}${line}\n`.slice(-1000);
  };
  stderr.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(-4000);
    lines.forEach(take);
  });
  stderr.on('end', () => {
    if (rest !== '') take(rest);
    rest = '';
  });
  return { errors: () => tail.trim(), mendedFrames: () => count };
}
