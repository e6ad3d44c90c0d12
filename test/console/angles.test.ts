import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { drawBall, makeElement } from './draw-ball.ts';
import { findViolations } from './find-violations.ts';
import { hasNoBrowser, type OpenConsole, openConsole } from './open-console.ts';

describe.skipIf(hasNoBrowser)('further views of an element', () => {
  let standIn: StandIn;
  let opened: OpenConsole;
  let elementId: string;
  beforeAll(async () => {
    standIn = await startStandIn({ parallelMax: 9, taskMs: 50 });
    opened = await openConsole({
      worker: true,
      environment: {
        TROUPE_ELEMENT_ENGINE: 'local',
        TROUPE_KLING_BASE_URL: standIn.url,
        TROUPE_KLING_API_KEY: standInCredentials.apiKey,
        TROUPE_KLING_ACCOUNT: 'console',
      },
    });
    elementId = await makeElement(opened.troupe, await drawBall());
  });
  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]();
    await standIn?.[Symbol.asyncDispose]();
  });

  test('are ordered at their price, shown by sets, and the chosen set becomes a new element', async () => {
    const { page, visit } = opened;
    await visit(`/elements/${elementId}`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Make further views' }).click();
    const order = page.getByRole('dialog', { name: /Further views of/ });
    await order.getByText('4.5 credits').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await order.getByRole('button', { name: 'Make them' }).click();

    const drawer = page.getByRole('dialog', { name: 'Task' });
    const sets = drawer.getByRole('region', { name: /^Set \d$/ });
    await sets.nth(2).waitFor();
    expect(await sets.count()).toBe(3);
    expect(await sets.nth(1).getByRole('img').count()).toBe(3);
    expect(await findViolations(page)).toEqual([]);

    await drawer.getByRole('button', { name: 'Make an element of set 2' }).click();
    const choice = page.getByRole('dialog', { name: 'A new element of set 2' });
    await choice.getByRole('button', { name: 'Make the element' }).click();
    const link = drawer.getByRole('link', { name: 'Open the element' });
    await link.waitFor();
    const made = (await link.getAttribute('href'))?.split('/').pop();
    expect(made).not.toBe(elementId);
    const { body } = await opened.troupe.call('GET', `/v1/elements/${made}`);
    expect(body.sources).toHaveLength(4);
  });
});

test.skipIf(hasNoBrowser)(
  'without an account at the Kling API the dialog says so, and nothing is charged',
  async () => {
    await using opened = await openConsole({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
    const { page, troupe, visit, expectRefusal } = opened;
    const elementId = await makeElement(troupe, await drawBall());
    const before = (await troupe.call('GET', '/v1/credits')).body;
    await visit(`/elements/${elementId}`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Make further views' }).click();
    expectRefusal(`POST /v1/elements/${elementId}/angles 404`);
    await page.getByRole('button', { name: 'Make them' }).click();
    await page
      .getByRole('alert')
      .getByText(/no account at the engine kling/)
      .waitFor();
    expect((await troupe.call('GET', '/v1/credits')).body).toEqual(before);
  },
);
