import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { parseSection } from '../lib/settings.ts';
import { checkFaceComparison, createMedia, type MediaSettings, type MediaSource, section } from './index.ts';
import { createPeopleFinder } from './networks/index.ts';

const root = mkdtempSync(join(tmpdir(), 'troupe-people-builds-'));
const settings: MediaSettings = { ...parseSection(section, {}, []), childCount: 1 };
let made = 0;

afterAll(() => rmSync(root, { recursive: true }));

const photo = new URL('../../test/fixtures/media/astronaut.jpg', import.meta.url).pathname;
const stranger = new URL('../../test/fixtures/media/portrait.jpg', import.meta.url).pathname;
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

test.skipIf(createPeopleFinder() === null)(
  'where faces are compared a stranger under the same name is named with what to do, what could not be told with the reason, and no vector leaves',
  async () => {
    const small = await sharp(photo)
      .resize(130)
      .extend({ left: 200, right: 200, top: 200, bottom: 200 })
      .jpeg()
      .toBuffer();
    const pictures = [await sharp(photo).toBuffer(), await flipped(), await sharp(stranger).toBuffer(), small];
    const { views, report } = await build(pictures, { compareFaces: 'on' });
    expect(views[0]?.same_subject).toBeNull();
    expect(views[1]?.same_subject).toBeGreaterThan(0.6);
    expect(views[2]?.same_subject).toBeLessThan(0.2);
    expect(views[3]?.same_subject).toBeNull();
    const people = report.filter(({ code }) => /person|other_subject|other_face/.test(code));
    expect(people).toMatchObject([
      { code: 'different_person', level: 'warning', file: 'refer-2.jpg', limit: 0.4 },
      { code: 'person_not_compared', level: 'warning', file: 'refer-3.jpg' },
    ]);
    expect(people[0]?.message).toMatch(
      /^refer_images\[1\] may show another person than frontal_image: 0\.\d\d; replace it/,
    );
    expect(JSON.stringify([views, report]).match(/\[[\d.,e-]{200}/)).toBeNull();
  },
);

test.skipIf(createPeopleFinder() === null)(
  'where the frontal picture shows no face, the others are compared with each other, and no score is given',
  async () => {
    const pictures = [duck, photo, stranger, stranger].map((path) => sharp(path).toBuffer());
    const { views, report } = await build(await Promise.all(pictures), { compareFaces: 'on' });
    expect(views.map(({ same_subject }) => same_subject)).toEqual([null, null, null, null]);
    const messages = report.flatMap(({ code, message }) => (code === 'different_person' ? [message] : []));
    expect(messages).toMatchObject(
      [/refer_images\[1\] .* than refer_images\[0\]/, /refer_images\[2\] /].map((words) =>
        expect.stringMatching(words),
      ),
    );
  },
);

test('switched on without what it needs the start fails, and says what is missing', async () => {
  const check = checkFaceComparison({ compareFaces: 'on', peopleNetworks: 'off' }, root);
  await expect(check).rejects.toThrow(/TROUPE_COMPARE_FACES is on, but .* TROUPE_PEOPLE_NETWORKS is off/);
  await expect(checkFaceComparison({ compareFaces: 'off', peopleNetworks: 'off' }, root)).resolves.toBeUndefined();
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

test('a toy on a busy ground is surer with the network for things, which is on unless it is switched off', async () => {
  const pictures = [await sharp(duck).toBuffer()];
  const [helped, alone] = [await build(pictures), await build(pictures, { thingsNetwork: 'off' })];
  expect(helped.views[0]?.matte_confidence).not.toBe(alone.views[0]?.matte_confidence);
  expect(helped.views[0]?.matte_confidence).toBeGreaterThan(0.7);
});
