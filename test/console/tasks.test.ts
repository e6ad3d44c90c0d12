import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasNoBrowser, type OpenConsole, openConsole } from './open-console.ts';

let opened: OpenConsole;
beforeAll(async () => {
  if (!hasNoBrowser) opened = await openConsole();
});
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
});

const video = { model: 'kling-v3-text-to-video', prompt: 'A lighthouse at dusk', duration: 5 };

async function submit(): Promise<string> {
  const { status, body } = await opened.troupe.submit(video);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.id;
}

test.skipIf(hasNoBrowser)(
  'a task that is cancelled elsewhere changes on the page by itself, in its row and in its drawer with its ledger',
  async () => {
    const { page, troupe, visit } = opened;
    const id = await submit();
    const stream = page.waitForResponse(/\/v1\/events/);
    await visit(`/tasks/${id}`);
    const drawer = page.getByRole('dialog');
    await drawer.getByText('waiting', { exact: true }).waitFor();
    const ledger = drawer.getByRole('region', { name: 'Ledger' }).getByRole('listitem');
    await ledger.filter({ hasText: 'held' }).waitFor();
    expect(await ledger.count()).toBe(1);
    await stream;
    await troupe.call('POST', `/v1/tasks/${id}/cancel`);
    await drawer.getByText('cancelled', { exact: true }).waitFor();
    await ledger.filter({ hasText: 'refunded' }).waitFor();
    expect(await ledger.allTextContents()).toEqual([
      expect.stringMatching(/held−[\d.]+ credits$/),
      expect.stringMatching(/refunded\+[\d.]+ credits$/),
    ]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: new RegExp(`${id.replace('task-unified-', '')}.*cancelled`) }).waitFor();
  },
);

test.skipIf(hasNoBrowser)(
  'a caller reads what a task holds and was charged, and who may read the lines of the ledger, which it does not ask for',
  async () => {
    const { page, troupe, visit, key } = opened;
    const caller = await troupe.grant({ account: 'tester', name: 'looks', role: 'caller' }, 0);
    await opened.signInAs(caller.key);
    const id = await submit();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const stream = page.waitForResponse(/\/v1\/events/);
    await visit(`/tasks/${id}`);
    const ledger = page.getByRole('dialog').getByRole('region', { name: 'Ledger' });
    await ledger.getByText(/^[\d.]+ credits are held for this task\. .* keys with the role manager\.$/).waitFor();
    await stream;
    await troupe.call('POST', `/v1/tasks/${id}/cancel`);
    await ledger.getByText(/^Nothing was charged for this task\./).waitFor();
    expect(asked).not.toContain('/v1/credits/transfers');
    await opened.signInAs(key);
  },
);

test.skipIf(hasNoBrowser)(
  'tasks that come while the list is read are offered, and rows jump only when they are asked for',
  async () => {
    const { page, visit } = opened;
    await submit();
    await visit('/tasks');
    const before = await page.locator('[data-row]').count();
    const stream = page.waitForResponse(/\/v1\/events/);
    await page.reload();
    await stream;
    await page.locator('[data-row]').first().waitFor();
    await submit();
    const offer = page.getByRole('button', { name: '1 new' });
    await offer.waitFor();
    expect(await page.locator('[data-row]').count()).toBe(before);
    await offer.click();
    await offer.waitFor({ state: 'detached' });
    expect(await page.locator('[data-row]').count()).toBe(before + 1);
  },
);

test.skipIf(hasNoBrowser)(
  'filters stand in the address, survive a reload and the drawer, and say so when nothing is like that',
  async () => {
    const { page, visit } = opened;
    await visit('/tasks');
    await page.getByText('Failed', { exact: true }).click();
    await page.getByRole('heading', { name: 'No task is like that' }).waitFor();
    expect(page.url()).toContain('status=failed');
    await page.reload();
    await page.getByRole('heading', { name: 'No task is like that' }).waitFor();
  },
);

test.skipIf(hasNoBrowser)('chosen tasks are cancelled together, and their credits come back', async () => {
  const { page, troupe, visit } = opened;
  const ids = [await submit(), await submit()];
  await visit('/tasks?status=processing');
  for (const id of ids) await page.getByLabel(`Choose ${id}`).check();
  await page.getByRole('button', { name: 'Cancel 2 that run' }).click();
  await page.getByText('2 cancelled and refunded').waitFor();
  for (const id of ids) expect((await troupe.call('GET', `/v1/tasks/${id}`)).body.status).toBe('cancelled');
});

test.skipIf(hasNoBrowser)('J and K go through the rows, Enter opens one, Escape closes it: no mouse', async () => {
  const { page, visit } = opened;
  await submit();
  await visit('/tasks');
  await page.locator('[data-row]').first().waitFor();
  for (const letter of 'jjk') await page.keyboard.press(letter);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  expect(page.url()).toMatch(/\/tasks\/task-unified-/);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test.skipIf(hasNoBrowser)(
  'what a task was asked for stands in its drawer, is run again as it was, and fills the studio in to be changed',
  async () => {
    const { page, visit, troupe } = opened;
    const id = await submit();
    await visit(`/tasks/${id}`);
    const drawer = page.getByRole('dialog', { name: 'Task' });
    await drawer.getByLabel('The request as JSON').getByText('A lighthouse at dusk').waitFor();
    await drawer.getByRole('button', { name: 'Run again', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Run it again?' });
    await question.getByRole('button', { name: 'Run again' }).click();
    await question.waitFor({ state: 'detached' });
    await expect.poll(() => page.url(), { timeout: 300_000 }).not.toContain(id);
    const again = new URL(page.url()).pathname.split('/').pop() as string;
    const request = async (taskId: string) => (await troupe.call('GET', `/v1/tasks/${taskId}/request`)).body.request;
    expect(await request(again)).toEqual(await request(id));

    await drawer.getByRole('button', { name: 'Change and run again' }).click();
    await page.getByRole('heading', { name: 'Studio', level: 1 }).waitFor();
    expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe(video.prompt);
    expect(await page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('V3 text to video');
  },
);
