import { mkdir, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMedia,
  type MediaSettings,
  type MediaSource,
  type Plugins,
  sniffBytes,
  sniffFormat,
} from '../../media/index.ts';
import type { ElementDraft, EngineTools } from '../element-engine.ts';
import { createLocalEngine } from './create-local-engine.ts';

/**
 * Builds an element from files on this machine, without a server or a database, and writes it with its `element.json`
 * into `folder`, which is created and must be empty. One clip, or pictures with the frontal one first.
 * `plugins` are the models that were added.
 *
 * Throws what the engine throws; `param` of a source is its path. Ends its child processes before it returns.
 */
export async function buildElementFolder(
  paths: readonly string[],
  folder: string,
  settings: MediaSettings,
  tools: EngineTools,
  plugins?: Plugins,
): Promise<ElementDraft> {
  await mkdir(folder, { recursive: true });
  const isClip = paths.length === 1 && (await sniffFile(paths[0] as string)).kind === 'clip';
  const sources = await Promise.all(paths.map((path, at) => describeSource(path, at, isClip)));
  const media = createMedia(settings, { plugins });
  const engine = createLocalEngine(media);
  const converted = await mkdtemp(join(tmpdir(), 'troupe-converted-'));
  try {
    const usable: MediaSource[] = [];
    for (const [at, source] of sources.entries()) {
      usable.push(
        isClip ? source : await media.convertPicture(source, join(converted, `${at}`), { signal: tools.signal }),
      );
    }
    const reference_type = isClip ? 'video_refer' : 'image_refer';
    const draft = await engine.buildElement({ reference_type, sources: usable, workFolder: folder }, tools);
    await writeFile(join(folder, 'element.json'), `${JSON.stringify(draft.manifest, null, 2)}\n`, { flag: 'wx' });
    return draft;
  } finally {
    await engine.close();
    await rm(converted, { recursive: true, force: true });
  }
}

async function describeSource(path: string, at: number, isClip: boolean): Promise<MediaSource> {
  const { size } = await stat(path);
  return { role: isClip ? 'refer_video' : at === 0 ? 'frontal_image' : 'refer_image', param: path, path, bytes: size };
}

async function sniffFile(path: string) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(sniffBytes), 0, sniffBytes, 0);
    return sniffFormat(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
