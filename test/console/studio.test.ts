import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Model } from '../../client/index.ts';
import {
  addShot,
  computePrice,
  type Draft,
  emptyDraft,
  findFault,
  fitDraft,
  type StudioModel,
  studioModels,
} from '../../console/pages/studio/draft.ts';
import { readDraft, writeRequest } from '../../console/pages/studio/request.ts';
import { startTroupe } from '../helpers/start-troupe.ts';
import { findViolations } from './find-violations.ts';
import { hasNoBrowser, type OpenConsole, openConsole } from './open-console.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const patience = { timeout: 600_000 };
const models = Object.keys(studioModels) as StudioModel[];

let opened: OpenConsole;
beforeAll(async () => {
  if (!hasNoBrowser) opened = await openConsole({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
});
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
});

/** Everything that a model can be asked for, so far as it goes together: told in each way, and with each kind of picture. */
function writeAll(model: StudioModel): Draft[] {
  const shot = { prompt: 'It rolls', seconds: 2 };
  const { shotTypes, imagesMin, negativeBesideImages } = studioModels[model];
  const full = {
    ...emptyDraft,
    model,
    prompt: 'It rolls',
    negativePrompt: 'People',
    shots: [
      { ...shot, id: '1' },
      { ...shot, id: '2', seconds: 3 },
    ],
    ratio: '9:16',
    sound: true,
    firstFrame: 'https://example.com/first.jpg',
    images: ['https://example.com/one.jpg'],
    video: 'https://example.com/clip.mp4',
    keepSound: false,
    count: 3,
    watermark: true,
    callbackUrl: 'https://example.com/hook',
  };
  return (['prompt', ...shotTypes] as const).flatMap((told) => [
    fitDraft({ ...full, told, ...(negativeBesideImages ? {} : { negativePrompt: '' }) }),
    fitDraft({ ...full, told, ...(imagesMin > 0 ? {} : { images: [] }), lastFrame: 'https://example.com/last.jpg' }),
  ]);
}

test('the studio has every model that is told in words, of videos and of pictures', async () => {
  await using troupe = await startTroupe();
  const { data } = (await troupe.call('GET', '/v1/models?limit=100')).body;
  // Elements and further views of one have pages of their own, and one price whatever is asked for.
  const told = data.filter(({ multipliers }: Model) => multipliers !== undefined);
  expect(told.map(({ id }: Model) => id)).toEqual(models);
  for (const { id, type } of told) expect(studioModels[id as StudioModel].makes).toBe(type);
});

test('every field of every model can be filled in, the API takes it, and it is read back as it was', async () => {
  await using troupe = await startTroupe();
  const { components } = JSON.parse(await readFile(`${root}openapi.json`, 'utf8'));
  for (const model of models) {
    const { properties } = components.schemas[model];
    const drafts = writeAll(model);
    const written = new Set<string>();
    for (const draft of drafts) {
      expect(findFault(draft), model).toBeNull();
      const request = writeRequest(draft) as Record<string, unknown>;
      for (const name of Object.keys(request)) written.add(name);
      for (const name of Object.keys(request.model_params ?? {})) written.add(`model_params.${name}`);
      const path = `/v1/${studioModels[model].makes}s/generations`;
      const { status, body } = await troupe.call('POST', path, { body: { ...request, dry_run: true } });
      expect([status, body.error], `${model}: ${JSON.stringify(request)}`).toEqual([200, undefined]);
      expect(writeRequest(readDraft(JSON.parse(JSON.stringify(request))))).toEqual(request);
    }
    const params = Object.keys(properties.model_params.properties).map((name) => `model_params.${name}`);
    const fields = [...Object.keys(properties), ...params];
    // Elements are cast on the page, see below.
    const others = new Set(['model_params', 'model_params.element_list', 'dry_run']);
    expect(
      fields.filter((name) => !others.has(name) && !written.has(name)),
      model,
    ).toEqual([]);
    expect(
      [...written].filter((name) => !fields.includes(name)),
      model,
    ).toEqual([]);
  }
});

test.each([
  [{ model: 'kling-v3-motion-control' }, 'This model needs a video.'],
  [{ model: 'kling-v3-turbo-image-to-video' }, 'This model needs a first frame.'],
  [{ model: 'kling-o1-image-to-video' }, 'This model needs an image.'],
  [{ model: 'kling-o3-image-to-video' }, 'This model needs a first frame, an image or an element.'],
  [{ model: 'kling-o3-image-to-video', lastFrame: 'a', images: ['b'] }, 'A last frame needs a first one.'],
  [{ model: 'kling-v3-image-to-video', firstFrame: 'a', told: 'intelligence' }, 'The prompt is missing.'],
  [{ model: 'kling-v3-image-to-video', firstFrame: 'a' }, null],
  [{ model: 'kling-o3-text-to-video' }, 'The prompt is missing.'],
  [
    { model: 'kling-image-v3', prompt: 'A lamp', negativePrompt: 'text', images: ['a'] },
    'Beside an image, this model is not told what is not to be seen.',
  ],
  [{ model: 'kling-image-o1' }, 'The prompt is missing.'],
  [{ model: 'kling-image-v3', prompt: 'A lamp', negativePrompt: 'text' }, null],
  [
    { model: 'kling-v3-text-to-video', cast: [{ element_id: '1', element_name: 'a' }] },
    'This model takes no elements.',
  ],
  [
    { model: 'kling-v3-motion-control', cast: ['1', '2'].map((id) => ({ element_id: id, element_name: id })) },
    'This model takes at most 1 element.',
  ],
] as const)('what is missing for %j is said before anything is sent', (draft, fault) => {
  expect(findFault({ ...emptyDraft, ...(draft as Partial<Draft>) })).toBe(fault);
});

test('another model keeps of a draft what it can take', () => {
  const long = { ...emptyDraft, seconds: 9, quality: '4k', told: 'customize', ratio: '9:16' } as const;
  const changed = fitDraft({ ...long, model: 'kling-o1-image-to-video' });
  expect(changed).toMatchObject({ seconds: 10, quality: '720p', told: 'prompt', ratio: '9:16' });
  expect(fitDraft({ ...long, model: 'kling-v3-image-to-video' })).toMatchObject({
    seconds: 9,
    quality: '4k',
    ratio: '',
  });
});

test('the price as one types is what the API would hold back, for every model, quality, length, sound, orientation and number of pictures', async () => {
  await using troupe = await startTroupe();
  const { data } = (await troupe.call('GET', '/v1/models?limit=100')).body;
  for (const model of models) {
    const entry = data.find((one: { id: string }) => one.id === model);
    const able = studioModels[model];
    const lengths = able.seconds.length === 0 ? [5, 5] : [able.seconds[0], able.seconds.at(-1)];
    for (const quality of Object.keys(entry.multipliers)) {
      for (const sound of able.sound ? [false, true] : [false]) {
        for (const orientation of able.orientations.length === 0 ? ['video'] : able.orientations) {
          for (const [at, seconds] of (lengths as number[]).entries()) {
            const count = at === 0 || able.countMax === 0 ? 1 : able.countMax;
            const input = {
              count,
              ...(able.seconds.length === 0 ? {} : { duration_seconds: seconds }),
              ...(able.orientations.length === 0 ? {} : { character_orientation: orientation }),
              quality,
              sound: sound ? 'on' : 'off',
            };
            const { credits_reserved } = (
              await troupe.call('POST', '/v1/agent-estimates', { body: { model_id: model, input } })
            ).body;
            const shown = computePrice({ ...emptyDraft, model, quality, sound, seconds, orientation, count }, entry);
            expect(shown, JSON.stringify([model, input])).toBe(Number(credits_reserved));
          }
        }
      }
    }
  }
});

test('a request that the studio writes is read again as the same draft', () => {
  const cast = [{ element_id: '4129876500123456', element_name: '4129876500123456' }];
  const whole = { ...emptyDraft, seconds: 8, ratio: '9:16', quality: '1080p', sound: true, cast };
  const told = { ...whole, prompt: 'It waits', callbackUrl: 'https://example.com/hook' };
  const shots = addShot({ ...whole, shots: [{ id: 'one', prompt: 'It waits', seconds: 8 }] });
  const inShots: Draft = { ...whole, told: 'customize', shots: shots.map((shot) => ({ ...shot, prompt: 'It goes' })) };
  const pictures: Draft = fitDraft({ ...told, model: 'kling-image-o3', seconds: 5, quality: '4k', count: 9 });
  for (const draft of [told, inShots, { ...pictures, sound: false }]) {
    const read = readDraft(writeRequest(draft) as never);
    const ids = draft.shots.map(({ id }) => id);
    expect({ ...read, shots: read.shots.map((shot, at) => ({ ...shot, id: ids[at] })) }).toEqual(draft);
  }
});

test('shots that are added fill the video, as long as each has a second', () => {
  let draft: Draft = { ...emptyDraft, told: 'customize', seconds: 4 };
  const lengths: number[][] = [];
  while (draft.shots.length < 5) {
    draft = { ...draft, shots: addShot(draft) };
    lengths.push(draft.shots.map(({ seconds }) => seconds));
  }
  expect(lengths).toEqual([[4], [2, 2], [1, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1, 1]]);
});

test.skipIf(hasNoBrowser)(
  'an element is cast by @ in a video of two shots, which must fill its line; the price follows, the video plays, and is run again changed beside the first',
  async () => {
    const { page, visit, troupe } = opened;
    const photo = async (name: string) => (await readFile(`${root}demo/media/${name}`)).toString('base64');
    const made = await troupe.submit({
      model: 'kling-custom-element',
      model_params: {
        element_name: 'RC car',
        element_description: 'A red toy car',
        reference_type: 'image_refer',
        element_image_list: {
          frontal_image: await photo('rc-car-front.jpg'),
          refer_images: [{ image_url: await photo('rc-car-side.jpg') }],
        },
      },
    });
    const { result_data } = await troupe.waitForEnd(made.body.id, patience.timeout);

    await visit('/studio');
    expect(await page.locator('[data-price]').textContent()).toBe('27 credits');
    await page.getByText('Shot by shot').click();
    const first = page.getByLabel('Shot 1', { exact: true });
    await first.pressSequentially('@rc');
    await page.getByRole('option', { name: /RC car/ }).waitFor();
    await first.press('Enter');
    expect(await first.inputValue()).toBe('<<<element_1>>> ');
    await first.pressSequentially('rolls out');
    await page.getByRole('list', { name: 'Cast' }).getByText('RC car').waitFor();
    await page.getByRole('button', { name: 'Add a shot' }).click();
    await page.getByLabel('Shot 2', { exact: true }).fill('It stops at a cliff');
    await page.getByText('5 of 5 s', { exact: true }).waitFor();
    await page.getByLabel('Seconds of shot 1').fill('1');
    await page.getByText('3 of 5 s: the shots must last as long as the video.').waitFor();
    const run = page.getByRole('button', { name: 'Make the video' }).last();
    expect(await run.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Make the video 3 s' }).click();
    await page.getByText('3 of 3 s', { exact: true }).waitFor();
    expect(await page.locator('[data-price]').textContent()).toBe('16.2 credits');
    await page.getByRole('button', { name: 'The same as code' }).click();
    expect(await page.getByRole('region', { name: 'Request in curl' }).textContent()).toContain(result_data.element_id);
    expect(await findViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Check for free' }).click();
    await page.getByText('It would hold back 16.2 credits').waitFor(patience);
    await run.click();
    const videos = page.getByLabel('The video', { exact: true });
    await videos.first().waitFor(patience);
    await expect
      .poll(() => videos.first().evaluate((video) => Number(Reflect.get(video, 'duration'))), patience)
      .toBeCloseTo(3, 0);
    await videos.first().evaluate(async (video) => {
      Object.assign(video, { muted: true, currentTime: 2 });
      await Reflect.get(video, 'play').call(video);
    });
    await expect
      .poll(() => videos.first().evaluate((video) => Number(Reflect.get(video, 'currentTime'))), patience)
      .toBeGreaterThan(2);

    await page.getByLabel('Shot 2', { exact: true }).fill('It turns around');
    await run.click();
    await expect.poll(() => videos.count(), patience).toBe(2);
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Change and run again' }).last().click();
    await expect.poll(() => page.getByLabel('Shot 2', { exact: true }).inputValue()).toBe('It stops at a cliff');
    await page.reload();
    await expect.poll(() => videos.count(), patience).toBe(2);
  },
);

test.skipIf(hasNoBrowser)(
  'an element that a link names is cast, and leaving the cast keeps the other marks right',
  async () => {
    const { page, visit, troupe } = opened;
    const { data } = (await troupe.call('GET', '/v1/elements')).body;
    await page.evaluate('sessionStorage.clear()');
    await visit(`/studio?element=${data[0].element_id}`);
    await page.getByRole('list', { name: 'Cast' }).getByText('RC car').waitFor();
    const prompt = page.getByLabel('Prompt', { exact: true });
    expect(await prompt.inputValue()).toBe('<<<element_1>>> ');
    await prompt.fill('<<<element_1>>> waits');
    await page.getByRole('button', { name: 'Take RC car out of the cast' }).click();
    expect(await prompt.inputValue()).toBe('RC car waits');
  },
);

test.skipIf(hasNoBrowser)(
  'a model of another kind asks for what it takes and no more: a video, a picture from this machine, a price that may get less',
  async () => {
    const { page, visit } = opened;
    await page.evaluate('sessionStorage.clear()');
    await visit('/studio');
    await page.getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: 'V3 motion control' }).click();
    await page.getByText('This model needs a video.').waitFor();
    expect(await page.getByText('Width to height').count()).toBe(0);
    await page.getByRole('textbox', { name: 'Video' }).fill('https://example.com/dance.mp4');
    await page.getByText('This model needs an image.').waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose a file for Image' }).click(),
    ]);
    await chooser.setFiles(`${root}demo/media/rc-car-front.jpg`);
    await page.getByText('rc-car-front.jpg, kept at the server for a while').waitFor();
    const price = page.locator('[data-price]');
    expect(await price.textContent()).toMatch(/^up to [\d,.]+ credits$/);
    const dearest = await price.textContent();
    await page.getByText('The picture: up to 10 s').click();
    expect(await price.textContent()).not.toBe(dearest);
    await page.getByRole('button', { name: 'The same as code' }).click();
    const code = await page.getByRole('region', { name: 'Request in curl' }).textContent();
    expect(code).toMatch(/"image_urls": \[\s*"file:/);
    expect(code).toMatch(/"video_urls": \[\s*"https:\/\/example.com\/dance.mp4"/);
    expect(await page.getByRole('button', { name: 'Make the video' }).isEnabled()).toBe(true);
    expect(await findViolations(page)).toEqual([]);
  },
);

test.skipIf(hasNoBrowser)(
  'pictures are asked for as videos are: an element cast by @, the price of each, a free check, the same as code, several beside each other, and again changed',
  async () => {
    const { page, visit } = opened;
    await page.evaluate('sessionStorage.clear()');
    await visit('/studio');
    await page.getByRole('radiogroup', { name: 'What is made' }).getByText('Pictures').click();
    const price = page.locator('[data-price]');
    expect(await price.textContent()).toBe('1.8 credits');
    expect(await page.getByText('Length: 5 s').count()).toBe(0);
    const prompt = page.getByLabel('Prompt', { exact: true });
    await prompt.pressSequentially('@rc');
    await page.getByRole('option', { name: /RC car/ }).waitFor();
    await prompt.press('Enter');
    await prompt.pressSequentially('in the rain');
    await page.getByRole('slider', { name: 'How many pictures' }).press('ArrowRight');
    await page.getByRole('slider', { name: 'How many pictures' }).press('ArrowRight');
    expect(await price.textContent()).toBe('5.4 credits');
    await page.getByRole('combobox', { name: 'Width to height' }).click();
    await page.getByRole('option', { name: '3:2' }).click();
    await page.getByRole('button', { name: 'The same as code' }).click();
    for (const name of ['curl', 'TypeScript', 'Python']) {
      await page.getByRole('tab', { name }).click();
      const code = await page.getByRole('region', { name: `Request in ${name}` }).textContent();
      expect(code).toContain('/images/generations');
      expect(code).toMatch(/"n": 3/);
    }
    await page.getByRole('button', { name: 'Check for free' }).click();
    await page.getByText('It would hold back 5.4 credits').waitFor(patience);
    expect(await findViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Make 3 pictures' }).click();
    const result = page.getByRole('article', { name: 'Result: Element 1 in the rain' });
    await result.getByRole('img', { name: 'Picture 3' }).waitFor(patience);
    expect(await result.getByRole('img', { name: /^Picture/ }).count()).toBe(3);
    const sizes = await result.getByRole('img', { name: 'Picture 1' }).evaluate(async (image) => {
      await Reflect.get(image, 'decode').call(image);
      return [Reflect.get(image, 'naturalWidth'), Reflect.get(image, 'naturalHeight')];
    });
    expect(sizes[0] / sizes[1]).toBeCloseTo(1.5, 1);
    expect(await result.getByRole('link', { name: 'Download picture 2' }).getAttribute('href')).toContain('/files/');
    expect(await findViolations(page)).toEqual([]);

    await prompt.fill('<<<element_1>>> in the snow');
    await page.getByRole('button', { name: 'Make 3 pictures' }).click();
    await page
      .getByRole('article', { name: 'Result: Element 1 in the snow' })
      .getByAltText('Picture 3')
      .waitFor(patience);
    await result.getByRole('button', { name: 'Change and run again' }).click();
    await expect.poll(() => prompt.inputValue()).toBe('<<<element_1>>> in the rain');
    await page.waitForFunction('document.activeElement.tagName === "TEXTAREA"');
  },
);

test.skipIf(hasNoBrowser)(
  'pictures that were asked for elsewhere are run again, as they were or changed in the studio',
  async () => {
    const { page, visit, troupe } = opened;
    await page.evaluate('sessionStorage.clear()');
    const { data } = (await troupe.call('GET', '/v1/elements')).body;
    const made = await troupe.call('POST', '/v1/images/generations', {
      body: {
        model: 'kling-image-o3',
        prompt: '<<<element_1>>> at night',
        size: '1:1',
        n: 2,
        model_params: { element_list: [{ element_id: data[0].element_id }] },
      },
    });
    await troupe.waitForEnd(made.body.id, patience.timeout);
    await visit(`/tasks/${made.body.id}`);
    const drawer = page.getByRole('dialog', { name: 'Task' });
    await drawer.getByAltText('Picture 2').waitFor();
    await drawer.getByRole('button', { name: 'Run again', exact: true }).click();
    await page.getByRole('dialog', { name: 'Run it again?' }).getByRole('button', { name: 'Run again' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(made.body.id));
    await drawer.getByAltText('Picture 2').waitFor(patience);
    await drawer.getByRole('button', { name: 'Change and run again' }).click();
    await page.getByRole('heading', { name: 'Studio' }).waitFor();
    expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('<<<element_1>>> at night');
    expect(await page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('Image O3');
    expect(await page.getByRole('combobox', { name: 'Width to height' }).inputValue()).toBe('1:1');
    await page.getByRole('list', { name: 'Cast' }).getByText('RC car').waitFor();
    await page.getByText('How many: 2').waitFor();
  },
);

test.skipIf(hasNoBrowser).each([
  ['a wide screen', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
])('what was started comes into view with the focus, on %s', async (_, size) => {
  const { page, visit } = opened;
  await page.evaluate('sessionStorage.clear()');
  await page.setViewportSize(size);
  await visit('/studio');
  await page.getByLabel('Prompt', { exact: true }).fill('A lighthouse at dusk');
  await page.getByRole('button', { name: 'Make the video' }).click();
  const result = page.getByRole('article', { name: 'Result: A lighthouse at dusk' });
  await expect.poll(() => result.evaluate((card) => card.ownerDocument.activeElement === card)).toBe(true);
  const seen = async () => {
    const box = await result.boundingBox();
    return box !== null && box.y >= 56 && box.y + box.height <= size.height;
  };
  await expect.poll(seen).toBe(true);
  await result.getByLabel('The video', { exact: true }).waitFor(patience);
  expect(await seen(), 'still there once it is made').toBe(true);
  await result.getByRole('button', { name: 'Change and run again' }).click();
  const words = page.getByLabel('Prompt', { exact: true });
  await expect.poll(async () => ((await words.boundingBox())?.y ?? -1) > 56).toBe(true);
  await page.setViewportSize({ width: 1280, height: 800 });
});
