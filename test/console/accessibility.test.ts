import { expect, test } from 'vitest';
import { findViolations } from './find-violations.ts';
import { hasNoBrowser, openConsole } from './open-console.ts';

/** Every page at rest, and those with a dialog or a drawer open. */
const paths = [
  '/',
  '/tasks',
  '/tasks?status=failed',
  '/elements',
  '/elements?query=none',
  '/elements/new',
  '/studio',
  '/keys',
  '/keys/new',
  '/callbacks',
  '/callbacks?view=test',
  '/callbacks?view=verify',
  '/callbacks?view=secrets',
  '/usage',
  '/usage?view=ledger',
  '/usage?view=accounts',
  '/settings',
  '/docs',
  '/docs/api',
];

test.skipIf(hasNoBrowser).each(['light', 'dark'] as const)(
  'axe finds nothing serious on any page in the %s scheme, on a wide screen and on a phone',
  async (scheme) => {
    await using opened = await openConsole({ scheme });
    const { page, troupe, visit } = opened;
    const made = await troupe.submit({
      model: 'kling-v3-text-to-video',
      prompt: 'A lighthouse at dusk',
      duration: 5,
      callback_url: 'https://example.com/hook',
    });
    expect(made.status).toBe(200);
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(viewport);
      for (const path of [...paths, `/tasks/${made.body.id}`]) {
        await visit(path);
        expect(await findViolations(page), `${path} at ${viewport.width} px`).toEqual([]);
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect(width, `${path} must not scroll sideways`).toBeLessThanOrEqual(viewport.width);
      }
    }
  },
);

test.skipIf(hasNoBrowser)('axe finds nothing serious on the sign-in page', async () => {
  await using opened = await openConsole({ role: null });
  opened.expectRefusal('GET /v1/me 401');
  await opened.visit('/');
  expect(await findViolations(opened.page)).toEqual([]);
});
