import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { parseSection } from '../lib/settings.ts';
import { createMedia, type MediaSettings, type MediaSource, section } from './index.ts';
import { createPeopleFinder } from './networks/index.ts';

const root = mkdtempSync(join(tmpdir(), 'troupe-people-builds-'));
const settings: MediaSettings = { ...parseSection(section, {}, []), childCount: 1 };
let made = 0;

afterAll(() => rmSync(root, { recursive: true }));

const photo = new URL('../../test/fixtures/media/astronaut.jpg', import.meta.url).pathname;
const duck = new URL('../../test/fixtures/media/duck.jpg', import.meta.url).pathname;

test.skipIf(createPeopleFinder() === null)(
  'a person is cut out whole, her face noted, likeness withheld with the reason, and a picture without anybody named',
  async () => {
    const { views, report } = await build([
      await sharp(photo).toBuffer(),
      await flipped(),
      await sharp(duck).toBuffer(),
    ]);
    const [frontal, other] = views;
    expect(frontal?.faces).toHaveLength(1);
    expect(frontal?.subject?.share).toBeGreaterThan(0.45);
    expect(frontal?.matte_confidence).toBeGreaterThan(0.7);
    expect(other?.same_subject).toBeNull();
    const codes = report.map(({ code, file }) => `${code} ${file}`);
    expect(codes).toEqual(
      expect.arrayContaining(['person_not_compared null', 'no_person refer-2.jpg', 'face_found null']),
    );
    expect(codes.filter((one) => one.startsWith('other_subject'))).toEqual([]);
  },
);

test('switched off nobody is looked for', async () => {
  const { views, report } = await build([await sharp(photo).toBuffer(), await flipped()], { peopleNetworks: 'off' });
  expect(views.every((view) => !('faces' in view))).toBe(true);
  expect(views[1]?.same_subject).not.toBeNull();
  expect(report.filter(({ code }) => /face|person/.test(code))).toEqual([]);
});

function flipped(): Promise<Buffer> {
  return sharp(photo).flop().modulate({ brightness: 1.1 }).jpeg({ quality: 90 }).toBuffer();
}

async function build(pictures: readonly Buffer[], own: Partial<MediaSettings> = {}) {
  const folder = join(root, String(made++));
  mkdirSync(join(folder, 'element'), { recursive: true });
  const sources = pictures.map((bytes, at): MediaSource => {
    const path = join(folder, `${at}.jpg`);
    writeFileSync(path, bytes);
    const role = at === 0 ? 'frontal_image' : 'refer_image';
    return { role, param: at === 0 ? 'frontal_image' : `refer_images[${at - 1}]`, path, bytes: statSync(path).size };
  });
  const media = createMedia({ ...settings, ...own });
  try {
    const result = await media.build(sources, join(folder, 'element'));
    const views = result.sources.flatMap(({ facts }) => ('sharpness' in facts ? [facts] : []));
    return { views, report: result.report };
  } finally {
    await media.close();
  }
}
