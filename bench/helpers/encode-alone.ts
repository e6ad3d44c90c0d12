/**
 * Processor time of node-av for the frames of a file, sound left out: a process of its own, since the library runs in the
 * one that calls it. Prints seconds; those of the second time, which are without what is loaded and compiled once a process.
 *
 *     node bench/helpers/encode-alone.ts FRAMES.yuv WIDTH HEIGHT OUT.mp4
 */
import { open } from 'node:fs/promises';
import { findEncoder } from '../../src/media/animatic/encode/find-encoder.ts';

const [frames = '', width = '', height = '', path = ''] = process.argv.slice(2);
const size = { width: Number(width), height: Number(height) };
const encoder = await findEncoder({ ffmpeg: undefined, videoEncoder: 'node-av' });
const encode = () => encoder.encode({ path, ...size, soundPath: null, title: '', comment: '' }, readFrames());
await encode();
const before = process.cpuUsage();
await encode();
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${(user + system) / 1e6}\n`);

async function* readFrames(): AsyncGenerator<Uint8Array> {
  const frame = new Uint8Array((size.width * size.height * 3) / 2);
  const file = await open(frames);
  try {
    while ((await file.read(frame)).bytesRead === frame.length) yield frame;
  } finally {
    await file.close();
  }
}
