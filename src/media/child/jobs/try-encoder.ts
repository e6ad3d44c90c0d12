/** Job of a media child process: what one encoder takes for a clip that is always the same. */

import { join } from 'node:path';
import { type EncoderName, findEncoder } from '../../animatic/encode/find-encoder.ts';
import { drawTrialFrames, trialSize } from '../../animatic/encode/trial-frames.ts';
import type { Progress } from '../../progress.ts';
import { readProcessorTime } from '../pool/read-processor-time.ts';

interface TrialInput {
  name: EncoderName;
  /** Must exist; what is written there is of no use afterwards. */
  workFolder: string;
}

/** Frames of the clip, two seconds, and how often it's encoded. */
const frameCount = 48;
const takes = 3;

/**
 * Job `try-encoder`: seconds that the named one takes for the clip, of processor time with what it starts, where Linux counts that
 * exactly, else by the clock. The least of three takes: another program can only add to one. Throws as the encoder does.
 */
export default async function tryEncoder(
  { name, workFolder }: TrialInput,
  report: (progress: Progress) => void,
): Promise<number> {
  const encoder = await findEncoder({ ffmpeg: undefined, videoEncoder: name });
  const encode = (count: number) => {
    const request = { path: join(workFolder, `${name}.mp4`), ...trialSize, soundPath: null, title: '', comment: '' };
    return encoder.encode(request, drawTrialFrames(count));
  };
  // what is loaded and compiled once a process counts for nothing
  await encode(8);
  const seconds: number[] = [];
  for (let take = 0; take < takes; take++) {
    report({ fraction: take / takes, step: 'tryEncoder', param: undefined });
    const before = await readSeconds();
    await encode(frameCount);
    seconds.push((await readSeconds()) - before);
  }
  return Math.min(...seconds);
}

async function readSeconds(): Promise<number> {
  return (process.platform === 'linux' ? await readProcessorTime(process.pid) : performance.now()) / 1000;
}
