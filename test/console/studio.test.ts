import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addShot,
  computePrice,
  emptyDraft,
  readDraft,
  type StudioModel,
  shotsMax,
  studioModels,
  writeRequest,
} from '../../console/pages/studio/draft.ts';
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

test.each(models)('what the studio knows of %s is what its schema says', async (id) => {
  const { components } = JSON.parse(await readFile(`${root}openapi.json`, 'utf8'));
  const { properties, required } = components.schemas[id];
  const params = properties.model_params.properties;
  const known = studioModels[id];
  expect({
    secondsMin: properties.duration.minimum,
    secondsMax: properties.duration.maximum,
    elementsMax: params.element_list?.maxItems ?? 0,
    ratio: properties.aspect_ratio !== undefined,
    sound: properties.sound !== undefined,
    firstFrame:
      properties.image_start === undefined ? 'none' : required.includes('image_start') ? 'required' : 'optional',
    shotsMax: params.multi_prompt.maxItems,
  }).toEqual({
    secondsMin: known.secondsMin,
    secondsMax: known.secondsMax,
    elementsMax: known.elementsMax,
    ratio: known.ratio,
    sound: known.sound,
    firstFrame: known.firstFrame,
    shotsMax,
  });
});

test('the price as one types is the one that the API reckons, for every model, quality, length and sound', async () => {
  await using troupe = await startTroupe();
  const { data } = (await troupe.call('GET', '/v1/models?limit=100')).body;
  for (const model of models) {
    const entry = data.find((one: { id: string }) => one.id === model);
    for (const quality of Object.keys(entry.multipliers)) {
      for (const sound of [false, true]) {
        for (const seconds of [3, 7, 15]) {
          const body = {
            model_id: model,
            input: { duration_seconds: seconds, quality, sound: sound ? 'on' : 'off' },
          };
          const { amounts } = (await troupe.call('POST', '/v1/agent-estimates', { body })).body;
          const shown = computePrice({ ...emptyDraft, model, quality, sound, seconds }, entry);
          expect(shown, JSON.stringify(body)).toBe(Number(amounts.credits));
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
  const inShots = { ...whole, inShots: true, shots: shots.map((shot) => ({ ...shot, prompt: 'It goes' })) };
  for (const draft of [told, inShots]) {
    const read = readDraft(writeRequest(draft) as never);
    const ids = draft.shots.map(({ id }) => id);
    expect({ ...read, shots: read.shots.map((shot, at) => ({ ...shot, id: ids[at] })) }).toEqual(draft);
  }
});

test('shots that are added fill the video, as long as each has a second', () => {
  let draft = { ...emptyDraft, inShots: true, seconds: 4 };
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
