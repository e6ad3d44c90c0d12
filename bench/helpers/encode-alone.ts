/**
 * Processor time of node-av for the frames of a file, sound left out: a process of its own, since the library runs in the
 * one that calls it. Prints seconds; the least of three, each without what is loaded and compiled once a process.
 *
 *     node bench/helpers/encode-alone.ts FRAMES.yuv WIDTH HEIGHT OUT.mp4
 */
import { open } from 'node:fs/promises';
import { findEncoder } from '../../src/media/animatic/encode/find-encoder.ts';

const [frames = '', width = '', height = '', path = ''] = process.argv.slice(2);
const size = { width: Number(width), height: Number(height) };
const encoder = await findEncoder({ ffmpeg: undefined, videoEncoder: 'node-av' });
const seconds: number[] = [];
for (let take = 0; take < 4; take++) {
  const before = process.cpuUsage();
  await encoder.encode({ path, ...size, soundPath: null, title: '', comment: '' }, readFrames());
  const { user, system } = process.cpuUsage(before);
  if (take > 0) seconds.push((user + system) / 1e6);
}
process.stdout.write(`${Math.min(...seconds)}\n`);

async function* readFrames(): AsyncGenerator<Uint8Array> {
  const frame = new Uint8Array((size.width * size.height * 3) / 2);
  const file = await open(frames);
  try {
    while ((await file.read(frame)).bytesRead === frame.length) yield frame;
  } finally {
    await file.close();
  }
}
