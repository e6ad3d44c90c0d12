import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSection } from '../lib/settings.ts';
import {
  type ClipFacts,
  createMedia,
  ElementManifest,
  type ImageFacts,
  section as mediaSection,
} from '../media/index.ts';
import {
  buildElementFolder,
  createLocalEngine,
  createNothingEngine,
  type ElementDraft,
  type ElementEngine,
  type ElementSource,
} from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-engines-'));
const mediaSettings = parseSection(mediaSection, {}, []);
const mediaFile = (name: string) => new URL(`../../demo/media/${name}`, import.meta.url).pathname;
const fixtureFile = (name: string) => new URL(`../../test/fixtures/media/${name}`, import.meta.url).pathname;
const photos = ['rc-car-front.jpg', 'rc-car-side.jpg', 'rc-car-quarter.jpg', 'rc-car-outdoors.jpg'].map(mediaFile);
let engine: ElementEngine;
let made = 0;

beforeAll(() => {
  engine = createLocalEngine(createMedia(mediaSettings));
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

function buildImages(paths: readonly string[]): Promise<ElementDraft> {
  const order = { reference_type: 'image_refer' as const, sources: paths.map(sourceOf), workFolder: newFolder() };
  return engine.buildElement(order, quiet());
}

async function expectSound(draft: ElementDraft): Promise<void> {
  expect(Value.Check(ElementManifest, draft.manifest)).toBe(true);
  expect(draft.files.map(({ path, ...file }) => file)).toEqual(draft.manifest.files);
  expect(draft.manifest.files.map(({ name }) => name)).toContain(draft.manifest.frontal_image);
  for (const file of draft.files) {
    const bytes = readFileSync(file.path);
    expect(bytes.length).toBe(file.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    if (!file.media_type.startsWith('image/')) continue;
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
      ...['matte 0', 'cutout 0', 'matte 1', 'cutout 1', 'matte 2', 'cutout 2', 'matte 3', 'cutout 3'],
      'sheet null',
    ]);
    expect(readdirSync(workFolder).toSorted()).toEqual(draft.files.map(({ name }) => name).toSorted());
    expect(draft.manifest).toMatchObject({
      engine: { name: 'local' },
      reference_type: 'image_refer',
      manifest_version: 1,
    });
    expect(draft.summary).toMatchObject({ frontal_image: 'frontal.jpg', colors: draft.manifest.colors });
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(seen[0]).toBeGreaterThanOrEqual(0);
    expect(seen.at(-1)).toBeLessThanOrEqual(1);
  });

  test('cuts the subject out of every photo, says where it is unsure, draws the sheet, and agrees on one subject', async () => {
    const { files, manifest } = await buildImages(photos);
    for (const { path } of files.filter(({ role }) => role === 'cutout')) {
      const { channels } = await sharp(path).stats();
      expect(channels).toHaveLength(4);
      expect([channels[3]?.min, channels[3]?.max]).toEqual([0, 255]);
    }
    const facts = manifest.sources.map((source) => source.facts as ImageFacts);
    const uprights = manifest.files.filter(({ role }) => role === 'upright').map(({ name }) => name);
    const unsure = manifest.report.filter(({ code }) => code === 'matte_unsure').map(({ file }) => file);
    const below = facts.flatMap(({ matte_confidence }, at) => (matte_confidence < 0.7 ? uprights[at] : []));
    expect(unsure).toEqual(below);
    expect(facts[0]?.matte_confidence).toBeGreaterThan(0.7);
    for (const { subject, perceptual_hash } of facts) {
      expect(subject?.share).toBeGreaterThan(0.05);
      expect(perceptual_hash).toMatch(/^[0-9a-f]{16}$/);
    }
    expect(facts[0]?.same_subject).toBeNull();
    for (const { same_subject } of facts.slice(1)) expect(same_subject).toBeGreaterThan(0.5);
    const warnings = manifest.report.filter(({ level }) => level === 'warning').map(({ code }) => code);
    expect(warnings).toEqual(unsure.map(() => 'matte_unsure'));
    expect(manifest.colors[0]?.hex).toMatch(/^#[89a-f].[0-4].[0-4].$/);
  });

  test('keeps mattes and cut-outs within the size that is set', async () => {
    const draft = await buildElementFolder(
      photos.slice(0, 1),
      newFolder(),
      { ...mediaSettings, cutoutSideMaxPx: 600 },
      quiet(),
    );
    const { width_px = 0, height_px = 0 } = draft.files.find(({ role }) => role === 'matte') ?? {};
    expect(Math.max(width_px, height_px)).toBe(600);
    expect(draft.files.find(({ role }) => role === 'upright')?.width_px).toBeGreaterThan(600);
  });

  test('warns of a picture that shows another subject than the frontal one', async () => {
    const { manifest } = await buildImages([...photos.slice(0, 3), fixtureFile('bear.jpg')]);
    const warning = manifest.report.find(({ code }) => code === 'other_subject');
    expect(warning).toMatchObject({ level: 'warning', file: 'refer-3.jpg', limit: 0.4 });
    expect(manifest.sources[3]?.facts).toMatchObject({ same_subject: warning?.value });
    expect(warning?.message).toMatch('refer_images[2].image_url may show another subject than the frontal picture: 0.');
    expect(manifest.report.map(({ code }) => code)).not.toContain('all_same_subject');
  });

  test('names the picture that shows no subject, and praises neither agreement nor views', async () => {
    const wall = join(newFolder(), 'wall.png');
    await sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a93a5' } })
      .png()
      .toFile(wall);
    const { manifest } = await buildImages([photos[0] as string, wall]);
    expect(manifest.report.find(({ code }) => code === 'no_subject')).toMatchObject({
      level: 'warning',
      file: 'refer-1.jpg',
      message: expect.stringMatching(/^refer_images\[0\]\.image_url shows no subject/),
    });
    expect(manifest.sources[1]?.facts).toMatchObject({ subject: null, same_subject: null });
    expect(manifest.report.filter(({ level }) => level === 'good')).toEqual([]);
  });

  test('builds an element of a clip: frames, one of them the frontal image', async () => {
    const source = { ...sourceOf(mediaFile('juggle.mp4'), 0), role: 'refer_video' as const };
    const order = { reference_type: 'video_refer' as const, sources: [source], workFolder: newFolder() };
    const draft = await engine.buildElement(order, quiet());
    await expectSound(draft);
    for (const role of ['frame', 'matte', 'cutout']) {
      expect(draft.files.filter((file) => file.role === role)).toHaveLength(4);
    }
    const facts = draft.manifest.sources[0]?.facts as ClipFacts;
    expect(facts).toMatchObject({ kind: 'clip', duration_seconds: 6, frame_rate: 24, cuts: [] });
    expect(facts.scenes).toEqual([{ from_seconds: 0, to_seconds: 6 }]);
    // without the motion between the frames 0.24 to 0.36 of the picture is taken for the person
    for (const { subject } of facts.frames) expect(subject?.share).toBeLessThan(0.2);
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
  const nothing = createNothingEngine();
  const workFolder = newFolder();
  const sources = [sourceOf(photos[0] as string, 0)];
  const draft = await nothing.buildElement({ reference_type: 'image_refer', sources, workFolder }, quiet());
  expect(Value.Check(ElementManifest, draft.manifest)).toBe(true);
  expect(readdirSync(workFolder)).toEqual([]);
  await nothing.close();
});
