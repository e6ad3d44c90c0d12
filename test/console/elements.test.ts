import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, uploadFile } from '../../client/index.ts';
import { drawBall, makeElement } from './draw-ball.ts';
import { dropFiles } from './drop-files.ts';
import { findViolations } from './find-violations.ts';
import { hasNoBrowser, type OpenConsole, openConsole, waitForRest } from './open-console.ts';

const media = fileURLToPath(new URL('../../demo/media/', import.meta.url));
const patience = { timeout: 600_000 };

let opened: OpenConsole;
beforeAll(async () => {
  if (!hasNoBrowser) opened = await openConsole({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
});
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
});

test.skipIf(hasNoBrowser)(
  'an element is made of dropped photos: each is checked, the report and the price come before paying, then its sheet; it is found, renamed and deleted',
  async () => {
    const { page, visit, troupe } = opened;
    await visit('/elements');
    await page.getByRole('link', { name: 'Make the first one' }).click();
    await page.getByText('Pictures or a video are missing.').waitFor();
    await dropFiles(page, [`${media}rc-car-front.jpg`]);
    await page.getByText('One more view is needed.').waitFor();
    await page.getByLabel('Pictures or a video', { exact: true }).setInputFiles(`${media}rc-car-side.jpg`);
    const given = page.getByRole('list', { name: 'Given files' }).getByRole('listitem');
    expect(await given.count()).toBe(2);
    await page.getByLabel('Name').fill('Desert car');
    await page.getByLabel('Description').fill('A red toy car');
    await page.getByText('10/20').waitFor();
    await page.getByRole('combobox', { name: 'Tags' }).pressSequentially('hero,');
    const make = page.getByRole('button', { name: 'Make the element' });
    await make.and(page.locator(':enabled')).waitFor(patience);
    expect(await page.getByAltText('The cut-outs, side by side').evaluate(isLoaded)).toBe(true);
    expect(await findViolations(page)).toEqual([]);
    expect(await page.locator('[data-price]').textContent()).toBe('1 credit');
    expect((await troupe.call('GET', '/v1/credits')).body.data.user.used_credits).toBe(0);

    await make.press('Control+Enter');
    await page.getByRole('heading', { name: 'Desert car is ready' }).waitFor(patience);
    expect((await troupe.call('GET', '/v1/credits')).body.data.user.used_credits).toBe(1);
    await page.getByRole('link', { name: 'Open the element' }).click();
    await page.getByRole('heading', { name: 'Desert car', level: 1 }).waitFor();
    await page.getByText('hero').waitFor();
    expect(await findViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'View 2' }).click();
    expect(page.url()).toContain('view=refer-1');
    await page.getByLabel('How much of the original is shown').press('End');
    expect(await page.getByLabel('How much of the original is shown').inputValue()).toBe('100');
    await page.getByRole('tab', { name: 'Python' }).click();
    const id = new URL(page.url()).pathname.split('/').pop() as string;
    expect(await page.getByRole('region', { name: 'Request in Python' }).textContent()).toContain(id);

    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Name, description, tags' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Zoe’s car');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Zoe’s car', level: 1 }).waitFor();
    await visit('/elements');
    await page.keyboard.press('/');
    await page.keyboard.type('zoe');
    await page.getByText('1 found').waitFor();
    await page.getByRole('link', { name: /Zoe’s car/ }).click();
    await page.getByRole('button', { name: 'More' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export as one file' }).click();
    const archive = await (await saved).path();

    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('heading', { name: 'Elements', level: 1 }).waitFor();
    expect((await troupe.call('GET', `/v1/elements/${id}`)).status).toBe(404);

    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import' }).click();
    await (await chooser).setFiles(archive);
    await page.getByRole('heading', { name: 'Zoe’s car', level: 1 }).waitFor(patience);
  },
);

test.skipIf(hasNoBrowser)('what is wrong with a picture stands at that picture, and nothing is paid for', async () => {
  const { page, visit } = opened;
  await visit('/elements/new');
  const small = await sharp({ create: { width: 320, height: 120, channels: 3, background: '#a33' } })
    .png()
    .toBuffer();
  const input = page.getByLabel('Pictures or a video', { exact: true });
  await input.setInputFiles([
    { name: 'small.png', mimeType: 'image/png', buffer: small },
    { name: 'front.jpg', mimeType: 'image/jpeg', buffer: await readFile(`${media}rc-car-front.jpg`) },
  ]);
  const cards = page.getByRole('list', { name: 'Given files' }).getByRole('listitem');
  await cards
    .nth(0)
    .getByText(/320 × 120 px.*at least 300 px/)
    .waitFor(patience);
  await cards.nth(1).getByText('Good', { exact: true }).waitFor(patience);
  expect(await page.getByRole('button', { name: 'Make the element' }).isDisabled()).toBe(true);
  await input.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
  await page
    .getByRole('alert')
    .getByText(/notes.txt is neither a picture nor a video/)
    .waitFor();
});

test.skipIf(hasNoBrowser)(
  'what an element was asked for fills the form in to be changed: with the files that are kept, and its own pictures in the place of others',
  async () => {
    const { page, visit, troupe, key } = opened;
    const client = createClient({ baseUrl: troupe.url, key });
    const side = await uploadFile(client, new Blob([await readFile(`${media}rc-car-side.jpg`)]));
    const made = await troupe.submit({
      model: 'kling-custom-element',
      model_params: {
        element_name: 'Desert car',
        element_description: 'A red toy car',
        reference_type: 'image_refer',
        tag_list: [{ tag_id: 'o_104' }],
        element_image_list: {
          frontal_image: (await readFile(`${media}rc-car-front.jpg`)).toString('base64'),
          refer_images: [{ image_url: `file:${side.file_id}` }],
        },
      },
    });
    await troupe.waitForEnd(made.body.id, patience.timeout);
    await visit(`/tasks/${made.body.id}`);
    await page.getByRole('dialog').getByRole('button', { name: 'Change and run again' }).click();
    await page.getByRole('heading', { name: 'New element', level: 1 }).waitFor();
    expect(new URL(page.url()).search).toBe(`?from=${made.body.id}`);
    const given = page.getByRole('list', { name: 'Given files' }).getByRole('listitem');
    await given.nth(1).waitFor();
    expect(await given.locator('img').count()).toBe(2);
    expect(await page.getByLabel('Name').inputValue()).toBe('Desert car');
    expect(await page.getByLabel('Description').inputValue()).toBe('A red toy car');
    expect(await page.getByRole('combobox', { name: 'Category' }).inputValue()).toBe('Item');
    await page.getByRole('button', { name: 'Make the element' }).and(page.locator(':enabled')).waitFor(patience);
    await troupe.call('DELETE', `/v1/elements/${(await troupe.call('GET', '/v1/elements')).body.data[0].element_id}`);
  },
);

test.skipIf(hasNoBrowser)('an address that cannot be fetched is refused at its place', async () => {
  const { page, visit, expectRefusal } = opened;
  await visit('/elements/new');
  expectRefusal('POST /api/v1/files/upload/url 400');
  await page.getByLabel('Address of a picture or a video').fill('http://127.0.0.1:9/none.jpg');
  await page.getByRole('button', { name: 'Fetch' }).click();
  const card = page.getByRole('list', { name: 'Given files' }).getByRole('listitem');
  await card.locator('xpath=self::*[@data-verdict="refused"]').waitFor(patience);
  await card.getByRole('button', { name: 'Remove none.jpg' }).click();
  await card.waitFor({ state: 'detached' });
});

test.skipIf(hasNoBrowser)(
  'a library of 100,000 elements scrolls anywhere with bounded nodes, and what passes by writes nothing down',
  async () => {
    await using big = await openConsole();
    const { page, troupe, visit } = big;
    await fill(troupe.database.db, 100_000);
    await visit('/elements');
    await page.getByText('100,000 in your library').waitFor();
    const seen = new Set<string>();
    const written = 'globalThis.written = []; Storage.prototype.setItem = (name) => void written.push(name)';
    await page.evaluate(written);
    for (const share of [0, 0.5, 1]) {
      await page.evaluate(`window.scrollTo(0, document.documentElement.scrollHeight * ${share})`);
      await page.locator('li[aria-posinset] a').first().waitFor();
      await waitForRest(page);
      expect(await page.evaluate<number>('document.querySelectorAll("li[aria-posinset]").length')).toBeLessThan(60);
      expect(await page.evaluate<number>('document.querySelectorAll("*").length')).toBeLessThan(2000);
      const readFirst = () => page.locator('li[aria-posinset] a').first().textContent();
      // The tiles of the place before may still stand there.
      await expect.poll(async () => seen.has((await readFirst()) ?? ''), { timeout: 60_000 }).toBe(false);
      seen.add((await readFirst()) ?? '');
    }
    expect(seen.size).toBe(3);
    await page.getByText('Robot 1', { exact: true }).waitFor();
    expect(await page.evaluate('written')).toEqual([]);
    await page.evaluate('window.scrollTo(0, 0)');
    await page.getByLabel('Search elements').fill('robot 777');
    await page.getByText('111 found').waitFor();
  },
);

test.skipIf(hasNoBrowser)(
  'the ground that is chosen lies behind every tile at once, in other tabs and after a reload',
  async () => {
    const { page, context, troupe, visit } = opened;
    await makeElement(troupe, await drawBall());
    await visit('/elements');
    const other = await context.newPage();
    await other.goto(page.url());
    const grounds = async (of: typeof page) =>
      new Set(
        await of
          .locator('a[data-row] [data-ground]')
          .evaluateAll((all) => all.map((one) => one.getAttribute('data-ground'))),
      );
    await other.locator('a[data-row] [data-ground]').first().waitFor();
    expect(await grounds(page)).toEqual(new Set(['checkered']));
    await page.getByRole('radiogroup', { name: 'Ground behind cut-outs' }).getByText('Dark').click();
    await expect.poll(() => grounds(page)).toEqual(new Set(['dark']));
    await expect.poll(() => grounds(other)).toEqual(new Set(['dark']));
    await other.close();
    await page.reload();
    await page.locator('a[data-row] [data-ground]').first().waitFor();
    expect(await grounds(page)).toEqual(new Set(['dark']));
  },
);

test.skipIf(hasNoBrowser)(
  'an element that a program makes meanwhile stands in the open library by itself',
  async () => {
    await using live = await openConsole({ worker: true });
    const { page, troupe, visit } = live;
    await visit('/elements');
    await page.getByText('No elements yet').waitFor();
    const picture = (
      await sharp({ create: { width: 400, height: 400, channels: 3, background: '#a33' } })
        .png()
        .toBuffer()
    ).toString('base64');
    await troupe.submit({
      model: 'kling-custom-element',
      model_params: {
        element_name: 'Newcomer',
        element_description: 'A red square',
        reference_type: 'image_refer',
        element_image_list: { frontal_image: picture, refer_images: [{ image_url: picture }] },
      },
    });
    await page.getByRole('link', { name: /Newcomer/ }).waitFor(patience);
  },
);

const isLoaded = (image: { naturalWidth?: number }) => (image.naturalWidth ?? 0) > 0;

/** Elements of the signed-in account, as the library lists them; without files. */
async function fill(db: OpenConsole['troupe']['database']['db'], count: number): Promise<void> {
  await sql`
    insert into elements (id, account_id, task_id, name, description, reference_type, engine, tags, labels, words,
      sort_name, manifest, created_at)
    select 1000000000000000 + n, account.id, 'imported-' || n, 'Robot ' || n,
      'A robot', 'image_refer', 'local', '{}', '{}', array_to_tsvector(array[account.id || '/robot', account.id || '/' || n]), 'robot ' || n,
      '{"files":[],"sources":[],"colors":[],"report":[]}', now() - (${count}::int - n) * interval '1 second'
    from generate_series(1, ${count}::int) n, (select id from accounts where name = 'tester') account`.execute(db);
}
