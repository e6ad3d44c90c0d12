import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSection } from '../lib/settings.ts';
import { ElementManifest, section as mediaSection } from '../media/index.ts';
import {
  buildElementFolder,
  createEngine,
  type ElementDraft,
  type ElementEngine,
  type ElementSource,
  section,
} from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-engines-'));
const mediaSettings = readSection(mediaSection, {}, []);
const mediaFile = (name: string) => new URL(`../../demo/media/${name}`, import.meta.url).pathname;
const photos = ['rc-car-front.jpg', 'rc-car-side.jpg', 'rc-car-quarter.jpg', 'rc-car-outdoors.jpg'].map(mediaFile);
let engine: ElementEngine;
let made = 0;

beforeAll(() => {
  engine = createEngine(readSection(section, {}, []), mediaSettings);
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const path = join(folder, String(made++));
  mkdirSync(path);
  return path;
}

const sourceOf = (path: string, at: number): ElementSource => ({
  role: at === 0 ? 'frontal_image' : 'refer_image',
  param: at === 0 ? 'frontal_image' : `refer_images[${at - 1}].image_url`,
  path,
  bytes: statSync(path).size,
});
const quiet = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

async function expectSound(draft: ElementDraft): Promise<void> {
  expect(Value.Check(ElementManifest, draft.manifest)).toBe(true);
  expect(draft.files.map(({ path, ...file }) => file)).toEqual(draft.manifest.files);
  expect(draft.manifest.files.map(({ name }) => name)).toContain(draft.manifest.frontal_image);
  for (const file of draft.files) {
    const bytes = readFileSync(file.path);
    expect(bytes.length).toBe(file.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    const { width, height } = await sharp(bytes).metadata();
    expect([width, height]).toEqual([file.width_px, file.height_px]);
  }
}

describe('the local engine', () => {
  test('builds an element of four photos: every file is listed with its true role, source, size and hash', async () => {
    const seen: number[] = [];
    const workFolder = newFolder();
    const draft = await engine.buildElement(
      { reference_type: 'image_refer', sources: photos.map(sourceOf), workFolder },
      { ...quiet(), onProgress: (fraction) => seen.push(fraction) },
    );
    await expectSound(draft);
    expect(draft.files.map(({ role, source }) => `${role} ${source}`)).toEqual([
      ...['upright 0', 'thumbnail 0', 'upright 1', 'thumbnail 1'],
      ...['upright 2', 'thumbnail 2', 'upright 3', 'thumbnail 3'],
    ]);
    expect(readdirSync(workFolder).toSorted()).toEqual(draft.files.map(({ name }) => name).toSorted());
    expect(draft.manifest).toMatchObject({
      engine: { name: 'local' },
      reference_type: 'image_refer',
      manifest_version: 1,
    });
    expect(draft.summary).toEqual({
      frontal_image: 'frontal.jpg',
      colors: draft.manifest.colors,
      placeholder_hash: draft.manifest.placeholder_hash,
    });
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(seen[0]).toBeGreaterThanOrEqual(0);
    expect(seen.at(-1)).toBeLessThanOrEqual(1);
  });

  test('builds an element of a clip: frames, one of them the frontal image', async () => {
    const source = { ...sourceOf(mediaFile('juggle.mp4'), 0), role: 'refer_video' as const };
    const order = { reference_type: 'video_refer' as const, sources: [source], workFolder: newFolder() };
    const draft = await engine.buildElement(order, quiet());
    await expectSound(draft);
    expect(draft.files.filter(({ role }) => role === 'frame')).toHaveLength(4);
    expect(draft.manifest.sources[0]?.facts).toMatchObject({ kind: 'clip', duration_seconds: 6, frame_rate: 24 });
  });

  test('abort rejects with its reason, and nothing is written afterwards', async () => {
    const workFolder = newFolder();
    const abort = new AbortController();
    const build = engine.buildElement(
      { reference_type: 'image_refer', sources: photos.map(sourceOf), workFolder },
      {
        signal: abort.signal,
        onProgress: (_fraction, step) => step === 'makeThumbnail' && abort.abort(new Error('cancelled by its owner')),
      },
    );
    await expect(build).rejects.toThrow('cancelled by its owner');
    const left = readdirSync(workFolder);
    expect(left.length).toBeLessThan(8);
    await engine.buildElement(
      { reference_type: 'image_refer', sources: photos.slice(0, 1).map(sourceOf), workFolder: newFolder() },
      quiet(),
    );
    expect(readdirSync(workFolder)).toEqual(left);
  });

  test('two builds at a time do not mix', async () => {
    const drafts = await Promise.all(
      photos
        .slice(0, 2)
        .map((path) =>
          engine.buildElement(
            { reference_type: 'image_refer', sources: [sourceOf(path, 0)], workFolder: newFolder() },
            quiet(),
          ),
        ),
    );
    for (const draft of drafts) await expectSound(draft);
    expect(drafts[0]?.files[0]?.sha256).not.toBe(drafts[1]?.files[0]?.sha256);
  });

  test('a fault of a file is its own error with its field', async () => {
    const sources = [sourceOf(photos[0] as string, 0), sourceOf(mediaFile('juggle.mp4'), 1)];
    await expect(
      engine.buildElement({ reference_type: 'image_refer', sources, workFolder: newFolder() }, quiet()),
    ).rejects.toMatchObject({
      code: 'image_processing_error',
      param: 'refer_images[0].image_url',
      message: 'refer_images[0].image_url: is an MP4 video, expected a JPG, JPEG or PNG image',
    });
  });
});

test('a folder is built without a server or a database, with its element.json', async () => {
  const out = join(folder, 'by hand');
  const draft = await buildElementFolder(photos.slice(0, 2), out, mediaSettings, quiet());
  await expectSound(draft);
  expect(JSON.parse(readFileSync(join(out, 'element.json'), 'utf8'))).toEqual(draft.manifest);
});

test('the engine that does nothing gives a valid draft and touches no file', async () => {
  const nothing = createEngine({ elementEngine: 'nothing' }, mediaSettings);
  const workFolder = newFolder();
  const sources = [sourceOf(photos[0] as string, 0)];
  const draft = await nothing.buildElement({ reference_type: 'image_refer', sources, workFolder }, quiet());
  expect(Value.Check(ElementManifest, draft.manifest)).toBe(true);
  expect(readdirSync(workFolder)).toEqual([]);
  await nothing.close();
});
