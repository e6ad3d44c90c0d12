import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { fixedFaces } from '../../test/helpers/tiny-models.ts';
import { parseSection } from '../lib/settings.ts';
import {
  createMedia,
  type ElementManifest,
  type Media,
  type MediaSettings,
  type MediaSource,
  type Plugins,
  section,
} from './index.ts';
import { createPeopleFinder } from './networks/index.ts';

const root = mkdtempSync(join(tmpdir(), 'troupe-same-person-'));
const settings: MediaSettings = { ...parseSection(section, {}, []), childCount: 1, compareFaces: 'on' };
const opened: Media[] = [];
let made = 0;

afterEach(async () => {
  for (const media of opened.splice(0)) await media.close();
});
afterAll(() => rmSync(root, { recursive: true }));

const fixture = (name: string) => new URL(`../../test/fixtures/media/${name}`, import.meta.url).pathname;
const woman = () => sharp(fixture('astronaut.jpg'));
const man = () => sharp(fixture('portrait.jpg'));
const brighter = () => woman().modulate({ brightness: 1.1 });
/** Where the woman's face is, with some of her hair: larger than the model's other box. */
const faceBox = [0.29, 0.1, 0.58, 0.39] as const;
/** The model sees a square picture at the left of its own 320 × 240. */
const squareShare = 240 / 320;

type ImageFacts = Extract<ElementManifest['sources'][number]['facts'], { kind: 'image' }>;
const viewsOf = ({ sources }: Pick<ElementManifest, 'sources'>) => sources.map(({ facts }) => facts as ImageFacts);
const codesOf = ({ report }: Pick<ElementManifest, 'report'>) =>
  report.map(({ code, file }) => `${code} ${file}`).filter((one) => /person|several|other_subject/.test(one));

function open(own: Partial<MediaSettings> = {}, models: Plugins['models'] = []): Media {
  const media = createMedia({ ...settings, ...own }, { plugins: { folder: root, models } });
  opened.push(media);
  return media;
}

async function build(media: Media, pictures: readonly Sharp[]) {
  const folder = join(root, String(made++));
  mkdirSync(folder);
  const sources = await Promise.all(
    pictures.map(async (picture, at): Promise<MediaSource> => {
      const path = join(root, `${made++}.jpg`);
      const bytes = await picture.jpeg({ quality: 92 }).toBuffer();
      writeFileSync(path, bytes);
      const role = at === 0 ? 'frontal_image' : 'refer_image';
      return { role, param: at === 0 ? role : `refer_images[${at - 1}]`, path, bytes: bytes.length };
    }),
  );
  const result = await media.build(sources, folder);
  const used = media.models.map(({ task, name, architecture, sha256 }) => ({ task, name, architecture, sha256 }));
  const manifest: ElementManifest = {
    manifest_version: 1,
    engine: { name: 'local', version: '3', ...(used.length > 0 && { models: used }) },
    reference_type: 'image_refer',
    ...result,
  };
  return { manifest, folder };
}

/** The element with another cut-out of its frontal picture: all of it where `isInside` says so, in shares of its sides. */
async function mend(
  media: Media,
  { manifest, folder }: Awaited<ReturnType<typeof build>>,
  view: string,
  isInside: (x: number, y: number) => boolean,
): Promise<ElementManifest> {
  const matte = manifest.files.find((file) => file.role === 'matte' && file.name.startsWith(view));
  const [width, height] = [matte?.width_px ?? 0, matte?.height_px ?? 0];
  const alpha = Uint8Array.from({ length: width * height }, (_, at) =>
    isInside((at % width) / width, Math.floor(at / width) / height) ? 255 : 0,
  );
  const mattePath = join(root, `${made++}.png`);
  await sharp(alpha, { raw: { width, height, channels: 1 } })
    .png()
    .toFile(mattePath);
  const paths = Object.fromEntries(manifest.files.map(({ name }) => [name, join(folder, name)]));
  const record = { view, strokes: [], automatic: { matte_confidence: 0.5 } };
  const workFolder = join(root, `${made++}`);
  mkdirSync(workFolder);
  return await media.remakeElement({ manifest, view, mended: { mattePath, record }, paths, suffix: 'b' }, workFolder);
}

describe.skipIf(createPeopleFinder() === null)('where faces are compared', () => {
  test('a photo that lies on its side with a note of it is compared as it stands upright, frontal or not', async () => {
    const lying = (orientation: 6 | 8, picture: Sharp) =>
      picture.rotate(orientation === 6 ? -90 : 90).withMetadata({ orientation });
    const { manifest } = await build(open(), [lying(6, woman()), lying(8, brighter()), lying(6, man())]);
    const views = viewsOf(manifest);
    expect(views.map(({ faces }) => faces?.length)).toEqual([1, 1, 1]);
    expect(views[1]?.same_subject).toBeGreaterThan(0.6);
    expect(views[2]?.same_subject).toBeLessThan(0.2);
    expect(codesOf(manifest)).toEqual(['different_person refer-2.jpg']);
  });

  test('a photo that lies on its side without a note of it is not judged, and the report says why', async () => {
    const { manifest } = await build(open(), [woman(), brighter().rotate(90)]);
    expect(viewsOf(manifest)[1]?.same_subject).toBeNull();
    const message = manifest.report.find(({ code }) => code === 'person_not_compared')?.message;
    expect(message).toMatch(/^whether refer_images\[0\] shows the same person is not told: no face is clearly seen/);
  });

  test('of several people in a picture the one that is cut out is compared, and mending chooses another', async () => {
    const side = 320;
    const near = (person: Sharp, left: number, top: number, width: number) =>
      person.extract({ left, top, width, height: width }).resize(side).toBuffer();
    const both = sharp(await near(woman(), 40, 0, 240))
      .extend({ right: side })
      .composite([{ input: await near(man(), 110, 50, 260), left: side, top: 0 }]);
    const media = open();
    const built = await build(media, [woman(), sharp(await both.png().toBuffer())]);
    expect(viewsOf(built.manifest)[1]?.faces).toHaveLength(2);
    expect(codesOf(built.manifest)).toContain('several_faces refer-1.jpg');
    const left = await mend(media, built, 'refer-1', (x) => x < 0.5);
    expect(viewsOf(left)[1]?.same_subject).toBeGreaterThan(0.6);
    const right = await mend(media, built, 'refer-1', (x) => x >= 0.5);
    expect(viewsOf(right)[1]?.same_subject).toBeLessThan(0.2);
    expect(codesOf(left)).not.toContain('different_person refer-1.jpg');
    expect(codesOf(right)).toContain('different_person refer-1.jpg');
  });

  test('a picture that shows nobody is named still once another cut-out is mended', async () => {
    const media = open();
    const noise = { type: 'gaussian', mean: 150, sigma: 12 } as const;
    const wall = sharp({ create: { width: 480, height: 640, channels: 3, background: '#9a8f80', noise } });
    const built = await build(media, [woman(), brighter(), wall]);
    const mended = await mend(media, built, 'frontal', (x, y) => x > 0.1 && y < 0.95);
    for (const element of [built.manifest, mended]) {
      expect(viewsOf(element).map(({ shows_nobody }) => shows_nobody)).toEqual([undefined, undefined, true]);
      expect(codesOf(element)).toContain('no_person refer-2.jpg');
      expect(codesOf(element)).not.toContain('person_not_compared refer-2.jpg');
      const message = element.report.find(({ code }) => code === 'no_person')?.message;
      expect(message).toMatch(/^refer_images\[1\] shows nobody: replace it/);
    }
  });

  describe('by a face model that was added', () => {
    const add = () => {
      const bytes = fixedFaces([faceBox[0] * squareShare, faceBox[1], faceBox[2] * squareShare, faceBox[3]]);
      const path = join(root, 'faces.onnx');
      writeFileSync(path, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const taken = { memory_mib: 120, load_seconds: 1, run_seconds: 0.1 };
      const origin = { source: 'faces.onnx', added_at: '2026-01-02T03:04:05.000Z' };
      const what = { name: 'faces', task: 'faces', architecture: 'ultraface-320' } as const;
      return [{ ...what, sha256, bytes: bytes.length, ...taken, ...origin, path }];
    };
    const isHead = (x: number, y: number) => x > 0.2 && x < 0.7 && y < 0.9;

    test('a mended element is still of a person, and its faces are compared as at first', async () => {
      const media = open({}, add());
      const stranger = man().extract({ left: 125, top: 112, width: 260, height: 260 }).resize(320);
      const built = await build(media, [woman(), brighter(), stranger]);
      const mended = await mend(media, built, 'frontal', isHead);
      for (const element of [built.manifest, mended]) {
        const [, same, other] = viewsOf(element);
        expect(same?.same_subject).toBeGreaterThan(0.6);
        expect(other?.same_subject).toBeLessThan(0.2);
        expect(codesOf(element)).toContain('different_person refer-2.jpg');
        expect(element.is_person).toBe(true);
      }
    });

    test('and where none are compared, its likeness stays withheld with the reason', async () => {
      const media = open({ compareFaces: 'off' }, add());
      const built = await build(media, [woman(), brighter()]);
      const mended = await mend(media, built, 'frontal', isHead);
      for (const element of [built.manifest, mended]) {
        expect(viewsOf(element)[1]?.same_subject).toBeNull();
        expect(codesOf(element)).toContain('person_not_compared null');
      }
    });
  });
});
