import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../helpers/find-free-port.ts';
import { hasNoBrowser, type OpenConsole, openConsole } from './open-console.ts';

let opened: OpenConsole;
beforeAll(async () => {
  if (!hasNoBrowser) opened = await openConsole();
});
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
});

test.skipIf(hasNoBrowser)(
  'the page computes the signature that a receiver expects, and tells a changed body',
  async () => {
    const { page, visit } = opened;
    const secret = Buffer.from('0123456789abcdef0123456789abcdef');
    const [id, timestamp, body] = ['msg_1', '1757169743', '{"status":"completed"}'];
    const signature = `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    await visit('/callbacks?view=verify');
    await page.getByLabel('Secret', { exact: true }).fill(`whsec_${secret.toString('base64')}`);
    await page.getByLabel('webhook-id').fill(id);
    await page.getByLabel('webhook-timestamp').fill(timestamp);
    await page.getByLabel('webhook-signature').fill(signature);
    await page.getByLabel('Body, as it came').fill(body);
    await page.getByRole('button', { name: 'Compute the signature' }).click();
    await page.getByText('The signature is right').waitFor();
    await page.getByLabel('Body, as it came').fill(`${body} `);
    await page.getByRole('button', { name: 'Compute the signature' }).click();
    await page.getByText('The signature does not belong to this').waitFor();
  },
);

test.skipIf(hasNoBrowser)('a receiver is tried, and what it answered is said', async () => {
  const { page, visit } = opened;
  await visit('/callbacks?view=test');
  await page.getByLabel('Address of the receiver').fill(`https://127.0.0.1:${await findFreePort()}/hook`);
  await page.getByRole('button', { name: 'Send the example' }).click();
  await page.getByText('The receiver did not take it').waitFor();
});

test.skipIf(hasNoBrowser)('a new secret signs beside the old one', async () => {
  const { page, visit } = opened;
  await visit('/callbacks?view=secrets');
  await page.getByRole('button', { name: 'Make a new secret' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make a new secret' }).click();
  await page.getByLabel('Old secret').waitFor();
  expect(await page.getByLabel(/secret$/i).count()).toBeGreaterThanOrEqual(2);
});
