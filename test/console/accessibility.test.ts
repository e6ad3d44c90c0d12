import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hasNoBrowser, openConsole } from './open-console.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every page at rest, and those with a dialog or a drawer open. */
const paths = [
  '/',
  '/tasks',
  '/tasks?status=failed',
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

/** By the debugger's own channel, which the page's policy doesn't bind. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}

interface AxeResults {
  violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
}
