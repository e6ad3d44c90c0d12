import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { dropFiles } from './drop-files.ts';
import { hasNoBrowser, type OpenConsole, openConsole } from './open-console.ts';

const media = fileURLToPath(new URL('../../demo/media/', import.meta.url));

let receiver: CallbackReceiver;
let opened: OpenConsole;
beforeAll(async () => {
  if (hasNoBrowser) return;
  receiver = await startReceiver();
  opened = await openConsole({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
});
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

test.skipIf(hasNoBrowser)(
  'the founding story: a key, an element of dropped photos, its cut-out mended, found and cast in two shots, watched; its callback sent again, its credits seen, its key disabled and signed out',
  async () => {
    const { page: admin, browser, visit, troupe } = opened;
    await visit('/keys/new');
    await admin.getByLabel('Name').fill('Story');
    await admin.getByRole('combobox', { name: 'Role' }).click();
    await admin.getByRole('option', { name: /manager/i }).click();
    await admin.getByRole('button', { name: 'Make the key' }).click();
    const key = (await admin.getByTestId('new-key').textContent()) as string;
    await admin.getByRole('button', { name: 'I saved it' }).click();

    await using context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    context.setDefaultTimeout(300_000);
    const page = await context.newPage();
    await page.goto(`${troupe.url}/console/`);
    await page.getByLabel('API key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: /Hello/ }).waitFor();

    const elementId = await makeElement(page);
    await mendCutout(page);
    expect((await troupe.call('GET', `/v1/elements/${elementId}`)).body).toMatchObject({ revision: 2 });

    await choose(page, 'Elements');
    await page.getByLabel('Search elements').fill('desert');
    await page.getByRole('link', { name: /Desert car/ }).click();
    await page.getByRole('link', { name: 'Use in Studio' }).click();
    await castInTwoShots(page);
    const taskId = await watch(page);

    await page.getByRole('link', { name: 'Details' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('The receiver has taken it.').waitFor();
    await drawer.getByText('1. 200', { exact: true }).waitFor();
    await drawer.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => receiver.received('/story').length, { timeout: 300_000 }).toBe(2);
    expect(receiver.received('/story').map(({ task }) => task.id)).toEqual([taskId, taskId]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });

    await choose(page, 'Usage');
    await page.getByText('Ledger', { exact: true }).click();
    const charged = page.getByRole('row').filter({ hasText: 'charged' });
    expect(await charged.first().textContent()).toContain('16.2');
    expect(await charged.count()).toBe(2);

    await admin.getByRole('link', { name: /Story/ }).click();
    await admin.getByRole('button', { name: 'Disable' }).click();
    await admin.getByRole('button', { name: 'Enable' }).waitFor();
    await page.getByRole('heading', { name: 'Sign in to Troupe' }).waitFor();
    expect((await troupe.call('GET', '/v1/me', { key })).body.error.code).toBe('key_disabled');
  },
);

const choose = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name }).click();

/** From photos that are dropped, after they were checked. */
async function makeElement(page: Page): Promise<string> {
  await choose(page, 'Elements');
  await page.getByRole('link', { name: 'Make the first one' }).click();
  await page.getByText('Pictures or a video are missing.').waitFor();
  await dropFiles(page, [`${media}rc-car-front.jpg`, `${media}rc-car-side.jpg`]);
  await page.getByLabel('Name').fill('Desert car');
  await page.getByLabel('Description').fill('A red toy car');
  await page.getByAltText('The cut-outs, side by side').waitFor();
  await page.getByRole('button', { name: 'Make the element' }).and(page.locator(':enabled')).click();
  await page.getByRole('heading', { name: 'Desert car is ready' }).waitFor();
  await page.getByRole('link', { name: 'Open the element' }).click();
  await page.getByRole('heading', { name: 'Desert car', level: 1 }).waitFor();
  return new URL(page.url()).pathname.split('/').pop() as string;
}

async function mendCutout(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Mend the cut-out' }).click();
  await page.locator('canvas[data-drawn]').waitFor();
  const box = await page.getByRole('application').boundingBox();
  if (box === null) throw new Error('there is nothing to paint on');
  await page.getByText('Remove', { exact: true }).click();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.9);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.95, { steps: 6 });
  await page.mouse.up();
  await page.getByText('1 change, not saved yet').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('mended by hand').waitFor();
}

async function castInTwoShots(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Cast' }).getByText('Desert car').waitFor();
  await page.getByText('Shot by shot').click();
  await page.getByLabel('Shot 1', { exact: true }).fill('<<<element_1>>> rolls out');
  await page.getByRole('slider', { name: 'Length in seconds' }).press('Home');
  await page.getByLabel('Seconds of shot 1').fill('2');
  await page.getByRole('button', { name: 'Add a shot' }).click();
  await page.getByLabel('Shot 2', { exact: true }).fill('<<<element_1>>> stops at a cliff');
  await page.getByText('3 of 3 s', { exact: true }).waitFor();
  await page.getByLabel('Callback').fill(receiver.url('/story'));
  await page.getByRole('button', { name: 'Make the video' }).last().click();
}

/** Plays the video to beyond its first second; the id of its task. */
async function watch(page: Page): Promise<string> {
  const video = page.getByLabel('The video', { exact: true });
  await video.waitFor();
  await video.evaluate(async (shown) => {
    Object.assign(shown, { muted: true });
    await Reflect.get(shown, 'play').call(shown);
  });
  await expect
    .poll(() => video.evaluate((shown) => Number(Reflect.get(shown, 'currentTime'))), { timeout: 300_000 })
    .toBeGreaterThan(1);
  return new URL(page.url()).searchParams.get('task') as string;
}
