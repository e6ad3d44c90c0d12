import { expect, test } from 'vitest';
import { createSignInLink } from '../../src/accounts/index.ts';
import { hasNoBrowser, openConsole } from './open-console.ts';

test.skipIf(hasNoBrowser)(
  'a stranger is asked for a key, a wrong one is refused at the field, a right one leads where he wanted',
  async () => {
    await using opened = await openConsole({ role: null });
    const { page, troupe, expectRefusal, visit } = opened;
    expectRefusal('GET /v1/me 401');
    await visit('/tasks');
    expectRefusal('POST /v1/session 401');
    await page.getByLabel('API key').fill('sk-nonsense');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(/signs nobody in/).waitFor();
    await page.getByLabel('API key').fill(troupe.key.key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Tasks', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/tasks');
  },
);

test.skipIf(hasNoBrowser)(
  'the printed address opens signed in, once, and its secret is in the address no more',
  async () => {
    await using opened = await openConsole({ role: null });
    const { page, troupe, expectRefusal } = opened;
    await troupe.grant({ account: 'tester', name: 'operator', role: 'admin' }, 0);
    const once = (await createSignInLink(troupe.database.db, new Date())) as string;
    await page.goto(`${troupe.url}/console/#once=${once}`);
    await page.getByRole('heading', { level: 1, name: /Hello/ }).waitFor();
    expect(page.url()).not.toContain(once);
    await opened.context.clearCookies();
    expectRefusal('POST /v1/session 401');
    await page.goto('about:blank');
    await page.goto(`${troupe.url}/console/#once=${once}`);
    await page.getByRole('heading', { level: 1, name: 'Sign in to Troupe' }).waitFor();
  },
);

test.skipIf(hasNoBrowser)(
  'signing out leads to the sign-in page and leaves nothing behind; so does disabling the key',
  async () => {
    await using opened = await openConsole();
    const { page, troupe, expectRefusal, visit } = opened;
    await visit('/');
    await page.getByRole('button', { name: /Signed in as/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Troupe' }).waitFor();
    expect(await opened.context.cookies()).toEqual([]);
    const other = await troupe.grant({ account: 'tester', name: 'short', role: 'caller' }, 0);
    const boss = await troupe.grant({ account: 'tester', name: 'boss', role: 'admin' }, 0);
    await opened.signInAs(other.key);
    await visit('/tasks');
    expectRefusal('GET /v1/events 401');
    await troupe.call('DELETE', `/v1/keys/${other.key_id}`, { key: boss.key });
    await page.getByRole('heading', { name: 'Sign in to Troupe' }).waitFor();
  },
);
