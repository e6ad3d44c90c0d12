import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Role } from '../../src/accounts/index.ts';
import { openPages } from '../../src/pages/index.ts';
import { isMissing } from '../helpers/is-missing.ts';
import { type StartedTroupe, type StartTroupeOptions, startTroupe } from '../helpers/start-troupe.ts';

/** Debian's browser: nothing is downloaded. */
const program = process.env.TROUPE_TEST_CHROMIUM ?? '/usr/bin/chromium';

/** Whether these tests can't run here, which is said aloud. */
export const hasNoBrowser = isMissing(program);

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface OpenConsoleOptions extends StartTroupeOptions {
  /** Of the key that is signed in; null for nobody. Default admin. */
  role?: Role | null;
  viewport?: { width: number; height: number };
  scheme?: 'light' | 'dark';
  /** A name that isn't this machine's to the browser: over plain HTTP it keeps some of its functions from such pages. Nobody is signed in. */
  host?: string;
}

export interface OpenConsole extends AsyncDisposable {
  troupe: StartedTroupe;
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** The text of the signed-in key. */
  key: string;
  /** Signs in by another key. */
  signInAs(key: string): Promise<void>;
  /** Opens a page of the console, `/tasks`, and waits until it shows its title and what belongs on it. */
  visit(path: string): Promise<void>;
  /** An answer of 4xx that the test means: `GET /v1/tasks/none 404`. */
  expectRefusal(line: string): void;
  /** What was wrong so far: violations of the policy, errors of the page, unexpected answers. The end throws with them. */
  faults: string[];
}

/**
 * A server of its own with a seeded account, and a page that is signed in by a key. Disposing it fails the test on any
 * violation of the content policy, any error of the page, and any answer of 4xx or 5xx that the test didn't expect.
 */
export async function openConsole(options: OpenConsoleOptions = {}): Promise<OpenConsole> {
  const { role = 'admin', viewport = { width: 1280, height: 800 }, scheme = 'light', host, ...rest } = options;
  const pages = openPages({ root, packedFolder: `${root}none`, log: pino({ level: 'silent' }) });
  await pages.settled;
  const troupe = await startTroupe({ ...rest, pages });
  const url = host === undefined ? troupe.url : `http://${host}:${troupe.port}`;
  const key = role === null ? '' : (await troupe.grant({ account: 'tester', name: 'browser', role }, 0)).key;
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    ...(host === undefined ? [] : [`--host-resolver-rules=MAP ${host} 127.0.0.1`]),
  ];
  const browser = await chromium.launch({ executablePath: program, args });
  const context = await browser.newContext({ viewport, colorScheme: scheme, reducedMotion: 'reduce' });
  // For what never comes, not for what is slow.
  context.setDefaultTimeout(300_000);
  const page = await context.newPage();
  const expected: string[] = [];
  const faults: string[] = [];
  watch(page, url, expected, faults);
  if (key !== '' && host === undefined) await signIn(context, troupe.url, key);
  return {
    troupe,
    browser,
    context,
    page,
    key,
    faults,
    signInAs: (other) => signIn(context, troupe.url, other),
    expectRefusal: (line) => expected.push(line),
    async visit(path) {
      await page.goto(`${url}/console${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await waitForRest(page);
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await troupe[Symbol.asyncDispose]();
      await pages.close();
      if (faults.length > 0) throw new Error(`the page had faults:\n${faults.join('\n')}`);
    },
  };
}

/** Nothing is being loaded any more. The stream of events stays open, so that the network never rests. */
export async function waitForRest(page: Page): Promise<void> {
  // By locators: a function that the page would evaluate again and again is refused by its policy.
  const busy = page.locator('.mantine-Skeleton-root, .mantine-Loader-root');
  while ((await busy.count()) > 0) await busy.first().waitFor({ state: 'detached' });
}

async function signIn(context: BrowserContext, url: string, key: string): Promise<void> {
  const answer = await context.request.post(`${url}/v1/session`, { data: { key }, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`could not sign in: ${answer.status()} ${await answer.text()}`);
}

function watch(page: Page, url: string, expected: string[], faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`error of the page: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    if (/Content Security Policy/i.test(text)) faults.push(text);
    // Of pages over plain HTTP, as it says.
    else if (/^The Cross-Origin-Opener-Policy header has been ignored/.test(text)) return;
    // What was answered with 4xx and 5xx is judged by its line, see below.
    else if (message.type() === 'error' && !text.startsWith('Failed to load resource')) faults.push(`console: ${text}`);
  });
  page.on('response', (response) => {
    if (response.status() < 400) return;
    const path = response.url().replace(url, '').replace(/\?.*$/, '');
    const line = `${response.request().method()} ${path} ${response.status()}`;
    const at = expected.indexOf(line);
    if (at === -1) faults.push(`unexpected answer: ${line}`);
    else expected.splice(at, 1);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && /^https?:/.test(request.url()))
      faults.push(`asked elsewhere: ${request.url()}`);
  });
}
