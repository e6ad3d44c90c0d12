import { expect, test } from 'vitest';
import { hasNoBrowser, openConsole, waitForRest } from './open-console.ts';

const paths = [
  '/',
  '/elements',
  '/elements/new',
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
const bytesMax = 250_000;
const requestsMax = 4;

test.skipIf(hasNoBrowser)(
  'each page loads at most 250 kB of pages compressed and asks the API at most 4 times',
  async () => {
    await using opened = await openConsole();
    const { troupe, browser, key } = opened;
    for (const path of paths) {
      const context = await browser.newContext();
      const signedIn = await context.request.post(`${troupe.url}/v1/session`, {
        data: { key },
        headers: { origin: troupe.url },
      });
      expect(signedIn.ok()).toBe(true);
      context.setDefaultTimeout(300_000);
      const page = await context.newPage();
      let bytes = 0;
      const asked: string[] = [];
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      const ofPages = new Set<string>();
      session.on('Network.responseReceived', ({ requestId, response }) => {
        // The chart comes after the page that it stands on, and is no part of its first load.
        const isChart = /\/spending-[\w-]+\.js$/.test(response.url);
        if (response.url.includes('/console') && !isChart) ofPages.add(requestId);
      });
      session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (ofPages.has(requestId)) bytes += encodedDataLength;
      });
      page.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (pathname.startsWith('/v1/') && pathname !== '/v1/events') asked.push(pathname);
      });
      await page.goto(`${troupe.url}/console${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await waitForRest(page);
      process.stdout.write(`${path}: ${bytes} bytes, ${asked.length} requests (${asked.join(' ')})\n`);
      expect(bytes, path).toBeLessThanOrEqual(bytesMax);
      expect(asked.length, `${path}: ${asked.join(' ')}`).toBeLessThanOrEqual(requestsMax);
      await context.close();
    }
  },
);
