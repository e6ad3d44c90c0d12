import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawBall, makeElement } from './draw-ball.ts';
import { findViolations } from './find-violations.ts';
import { hasNoBrowser, type OpenConsole, openConsole, waitForRest } from './open-console.ts';

/** Every page at rest, whose first load is measured. */
const pages = [
  '/',
  '/elements',
  '/elements/new',
  '/elements/:element',
  '/elements/:element/mend',
  '/studio',
  '/tasks',
  '/keys',
  '/callbacks',
  '/usage',
  '/usage?view=ledger',
  '/settings',
  '/docs',
  '/docs/api',
];
/** Pages that show something else, and those with a dialog or a drawer open. */
const others = [
  '/tasks?status=failed',
  '/tasks/:task',
  '/elements?query=none',
  '/keys/new',
  '/callbacks?view=test',
  '/callbacks?view=verify',
  '/callbacks?view=secrets',
  '/usage?view=accounts',
];
const bytesMax = 250_000;
const requestsMax = 4;
const wide = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

interface Seen {
  bytes: number;
  asked: string[];
  violations: string[];
  /** Of the document, on a phone. */
  widthPx: number;
}

// Each page is loaded once for all that is asked of it: loading is what takes the time.
describe.skipIf(hasNoBrowser)('every page', () => {
  const seen = new Map<string, Seen>();

  beforeAll(async () => {
    await using opened = await openConsole({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
    const element = await makeElement(opened.troupe, await drawBall());
    const made = await opened.troupe.submit({
      model: 'kling-v3-text-to-video',
      prompt: 'A lighthouse at dusk',
      duration: 5,
      callback_url: 'https://example.com/hook',
      dry_run: true,
    });
    for (const path of [...pages, ...others]) {
      const address = path.replace(':element', element).replace(':task', made.body.id);
      seen.set(path, await look(opened, address));
    }
    // Twenty-five pages in two sizes, each looked through by axe three times: minutes where others use the machine as well.
  }, 2_400_000);

  const find = (wrong: (found: Seen) => unknown, paths: Iterable<string> = seen.keys()) =>
    [...paths].map((path) => [path, wrong(seen.get(path) as Seen)]).filter(([, found]) => found !== undefined);

  test('loads at most 250 kB of pages, compressed', () => {
    for (const path of pages) process.stdout.write(`${path}: ${seen.get(path)?.bytes} bytes\n`);
    expect(find(({ bytes }) => (bytes > bytesMax ? bytes : undefined), pages)).toEqual([]);
    expect(
      find(({ bytes }) => (bytes < 50_000 ? bytes : undefined), pages),
      'measured at all',
    ).toEqual([]);
  });

  test('asks the API at most 4 times', () => {
    expect(find(({ asked }) => (asked.length > requestsMax ? asked : undefined), pages)).toEqual([]);
  });

  test('shows axe nothing serious in the light and in the dark scheme, on a wide screen and on a phone', () => {
    expect(seen.size).toBe(pages.length + others.length);
    expect(find(({ violations }) => (violations.length > 0 ? violations : undefined))).toEqual([]);
  });

  test('does not scroll sideways on a phone', () => {
    expect(find(({ widthPx }) => (widthPx > phone.width ? widthPx : undefined))).toEqual([]);
  });
});

async function look({ page, visit }: OpenConsole, path: string): Promise<Seen> {
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const load = await watchLoad(page);
  await visit(path);
  const { bytes, asked } = await load.end();
  const violations = await findViolations(page);
  // Between the schemes only colors differ.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor({ state: 'attached' });
  violations.push(...(await findViolations(page, ['color-contrast'])));
  await page.setViewportSize(phone);
  await waitForRest(page);
  violations.push(...(await findViolations(page)));
  const widthPx = await page.evaluate<number>('document.documentElement.scrollWidth');
  return { bytes, asked, violations, widthPx };
}

/** What the next page loads, as on a first visit. */
async function watchLoad(page: Page): Promise<{ end(): Promise<{ bytes: number; asked: string[] }> }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const ofPages = new Set<string>();
  const asked: string[] = [];
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const { pathname } = new URL(response.url, 'http://any');
    // The chart comes after the page that it stands on, and is no part of its first load.
    if (pathname.startsWith('/console') && !/\/spending-[\w-]+\.js$/.test(pathname)) ofPages.add(requestId);
    if (pathname.startsWith('/v1/') && !pathname.includes('/files/') && pathname !== '/v1/events') asked.push(pathname);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (ofPages.has(requestId)) bytes += encodedDataLength;
  });
  return {
    async end() {
      await session.detach();
      return { bytes, asked };
    },
  };
}

test.skipIf(hasNoBrowser)('axe finds nothing serious on the sign-in page', async () => {
  await using opened = await openConsole({ role: null });
  opened.expectRefusal('GET /v1/me 401');
  await opened.visit('/');
  expect(await findViolations(opened.page)).toEqual([]);
});
