import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasNoBrowser, type OpenConsole, openConsole } from './open-console.ts';

let opened: OpenConsole;
beforeAll(async () => {
  if (!hasNoBrowser) opened = await openConsole();
});
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
});

test.skipIf(hasNoBrowser)(
  'a key is made, shown once in the same dialog, works, and is then disabled, all in the browser',
  async () => {
    const { page, troupe, visit } = opened;
    await visit('/keys');
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('Name').fill('Render farm');
    await page.getByLabel('Limit in all').fill('25');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = (await page.getByTestId('new-key').textContent()) as string;
    expect(key).toMatch(/^sk-troupe\w{36}$/);
    await page.keyboard.press('Escape');
    expect(await page.getByTestId('new-key').isVisible(), 'Escape must not lose the key').toBe(true);
    await page.getByRole('button', { name: 'I saved it' }).click();
    await page.getByTestId('new-key').waitFor({ state: 'detached' });
    const me = await troupe.call('GET', '/v1/me', { key });
    expect([me.body.name, me.body.total_limit_credits, me.body.role]).toEqual(['Render farm', 25, 'caller']);
    const kept = await page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])',
    );
    expect(kept + (await page.content())).not.toContain(key);

    await page.getByRole('link', { name: /Render farm/ }).click();
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('button', { name: 'Enable' }).waitFor();
    expect((await troupe.call('GET', '/v1/me', { key })).body.error.code).toBe('key_disabled');
  },
);

test.skipIf(hasNoBrowser)(
  'keys are searched by name, owner and role, and the address keeps what was searched',
  async () => {
    const { page, troupe, visit } = opened;
    await troupe.grant({ account: 'studio b', name: 'Laptop' }, 0);
    await visit('/keys');
    await page.keyboard.press('/');
    await page.keyboard.type('studio lap');
    await page.getByRole('link', { name: /Laptop/ }).waitFor();
    expect(await page.locator('[data-row]').count()).toBe(1);
    await page.reload();
    await page.getByRole('link', { name: /Laptop/ }).waitFor();
    expect(await page.locator('[data-row]').count()).toBe(1);
  },
);

test.skipIf(hasNoBrowser)('what the server refuses of a key stands at its field', async () => {
  const { page, expectRefusal, troupe, visit } = opened;
  const manager = await troupe.grant(
    { account: 'tester', name: 'small', role: 'manager', total_limit_microcredits: 5_000_000 },
    0,
  );
  await opened.signInAs(manager.key);
  await visit('/keys/new');
  await page.getByLabel('Name').fill('Too much');
  await page.getByLabel('Limit in all').fill('6');
  expectRefusal('POST /v1/keys 403');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const field = page.getByLabel('Limit in all');
  await page.locator('[aria-invalid=true], [data-error=true]').first().waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
});

test.skipIf(hasNoBrowser)(
  'the list of shortcuts and the form of a key are loaded once they are asked for',
  async () => {
    const { page, visit } = opened;
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    const has = (name: string) => loaded.some((url) => url.includes(`/${name}-`));
    await visit('/keys');
    expect([has('keys-page'), has('create-key'), has('key-form'), has('shortcut-list')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await page.keyboard.press('Shift+?');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await list.getByText('Search on this page').waitFor();
    expect(has('shortcut-list')).toBe(true);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByRole('dialog', { name: 'New API key' }).waitFor();
    expect(has('create-key')).toBe(true);
  },
);
