import { expect, test } from 'vitest';
import { drawBall, makeElement } from './draw-ball.ts';
import { dropFiles } from './drop-files.ts';
import { hasNoBrowser, openConsole } from './open-console.ts';

test.skipIf(hasNoBrowser)(
  'over plain HTTP from another machine a key is made and copied, a picture is added and a cut-out is painted on',
  async () => {
    await using opened = await openConsole({
      host: 'troupe.example',
      worker: true,
      environment: { TROUPE_ELEMENT_ENGINE: 'local' },
    });
    const { page, troupe, key, visit, expectRefusal } = opened;
    const elementId = await makeElement(troupe, await drawBall());
    expectRefusal('GET /v1/me 401');
    await visit('/keys');
    expect(await page.evaluate('isSecureContext')).toBe(false);
    await page.getByLabel('API key').fill(key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();

    await page.getByRole('button', { name: 'New key' }).first().click();
    await page.getByLabel('Name').fill('from afar');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const secret = (await page.getByTestId('new-key').textContent()) ?? '';
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    await page.getByRole('button', { name: 'I saved it' }).click();
    const search = page.getByRole('textbox', { name: /Search/ });
    await search.focus();
    await page.keyboard.press('Control+v');
    expect(await search.inputValue()).toBe(secret);

    await visit('/elements/new');
    await dropFiles(page, ['demo/media/rc-car-front.jpg']);
    await page.getByText('rc-car-front.jpg').waitFor();

    await visit(`/elements/${elementId}/mend?view=frontal`);
    await page.locator('canvas[data-drawn]').first().waitFor();
    await page.getByRole('application').focus();
    await page.keyboard.press('Space');
    await page.getByText('1 change, not saved yet').waitFor();
  },
);
