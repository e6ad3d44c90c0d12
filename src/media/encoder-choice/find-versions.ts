import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { findFfmpegEncoder } from '../animatic/encode/encode-with-ffmpeg.ts';
import type { Versions } from './verdict.ts';

/** Of ffmpeg and node-av; null where there are not both, and nothing to choose. Loads no code of node-av. */
export async function findVersions(): Promise<Versions | null> {
  const [ffmpeg, node_av] = await Promise.all([findFfmpegEncoder('ffmpeg'), findNodeAvVersion()]);
  if (ffmpeg === null || node_av === null) return null;
  return { ffmpeg: ffmpeg.name, node_av, processor: `${cpus()[0]?.model ?? process.arch} × ${cpus().length}` };
}

async function findNodeAvVersion(): Promise<string | null> {
  try {
    // its manifest is not among the paths that it exports
    const entry = createRequire(import.meta.url).resolve('node-av');
    const { version } = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8'));
    return `node-av ${version}`;
  } catch {
    return null;
  }
}
