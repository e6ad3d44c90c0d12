/**
 * Makes the pictures of the console for the README, and its tour: a server of its own in a temporary folder, elements of the demo's photos,
 * and Chromium. Run by hand: `node scripts/make-console-pictures.ts`. Writes docs/images/console-*.webp.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import {
  type Client,
  createClient,
  createElement,
  createKey,
  createVideo,
  moveCredits,
  waitForTask,
} from '../client/index.ts';

const root = join(import.meta.dirname, '..');
const size = { width: 1280, height: 800 };

const folder = await mkdtemp(join(tmpdir(), 'troupe-pictures-'));
const server = spawn(process.execPath, [join(root, 'bin/troupe.mjs'), 'serve'], {
  env: { ...process.env, PORT: '0', TROUPE_DATA_DIR: folder, TROUPE_LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const stopped = new Promise((done) => server.once('close', done));
try {
  const { key, link } = await readFirstWords();
  const client = createClient({ baseUrl: new URL(link).origin, key });
  const shown = await fill(client);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: 1.5, reducedMotion: 'reduce' });
  await bringInter(context);
  const page = await takePictures(context, link, shown);
  await recordTour(page, new URL(page.url()).origin, shown);
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await stopped;
  await rm(folder, { recursive: true, force: true });
}

/**
 * The pages name Inter first and bring no font, so that they'd look here as whatever this machine has in its place. The font comes
 * with each stylesheet, from the package that animatics take it from.
 */
async function bringInter(context: BrowserContext): Promise<void> {
  const weights = [400, 500, 600, 700];
  const faces = weights.map(
    (weight) => `@font-face{font-family:Inter;font-weight:${weight};src:url("inter-${weight}.woff2") format("woff2")}`,
  );
  await context.route('**/console/assets/*.css', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()) + faces.join('') });
  });
  await context.route('**/console/assets/inter-*.woff2', async (route) => {
    const [, weight] = /inter-(\d+)/.exec(route.request().url()) ?? [];
    const path = join(root, `node_modules/@fontsource/inter/files/inter-latin-${weight}-normal.woff2`);
    await route.fulfill({ path, contentType: 'font/woff2' });
  });
}

/** The first key and the address that signs in, which the server prints. */
async function readFirstWords(): Promise<{ key: string; link: string }> {
  let key = '';
  for await (const line of createInterface({ input: server.stdout })) {
    key = /sk-troupe\w+/.exec(line)?.[0] ?? key;
    const link = /https?:\S+#once=\S+/.exec(line)?.[0];
    if (link !== undefined) return { key, link };
  }
  throw new Error('the server ended before it said where the console is');
}

/** The element and the video's task that are shown. */
interface Shown {
  elementId: string;
  taskId: string;
}

async function fill(client: Client): Promise<Shown> {
  const load = async (name: string) => (await readFile(join(root, 'demo/media', name))).toString('base64');
  const pairs = [
    ['RC car', 'A toy car with a driver in blue', 'rc-car-front.jpg', 'rc-car-side.jpg'],
    ['Race day', 'The same car, ready to go', 'rc-car-quarter.jpg', 'rc-car-front.jpg'],
    ['Outdoors', 'The toy car on the lawn', 'rc-car-outdoors.jpg', 'rc-car-quarter.jpg'],
  ] as const;
  const made: string[] = [];
  for (const [element_name, element_description, front, side] of pairs) {
    const element_image_list = { frontal_image: await load(front), refer_images: [{ image_url: await load(side) }] };
    const task = await createElement(client, {
      model_params: { element_name, element_description, reference_type: 'image_refer', element_image_list },
    });
    const { result_data } = await waitForTask(client, task.id);
    made.push((result_data as { element_id: string }).element_id);
  }
  const elementId = made[0] as string;
  const video = await createVideo(client, {
    model: 'kling-o3-text-to-video',
    prompt: '<<<element_1>>> crosses a desert at dusk',
    duration: 3,
    model_params: { element_list: [{ element_id: elementId }] },
  });
  await waitForTask(client, video.id);
  // One that fails, since every list has some.
  const missing = {
    frontal_image: await load('rc-car-front.jpg'),
    refer_images: [{ image_url: 'https://example.com/none.jpg' }],
  };
  await createElement(client, {
    model_params: {
      element_name: 'Lost',
      element_description: 'A picture that is not there',
      reference_type: 'image_refer',
      element_image_list: missing,
    },
  });
  for (const [name, limit] of [
    ['Render farm', 400],
    ['Website', 50],
  ] as const) {
    await createKey(client, { name, total_limit_credits: limit });
  }
  await moveCredits(client, 1, { credits: 500, note: 'November' });
  return { elementId, taskId: video.id };
}

async function takePictures(context: BrowserContext, link: string, { elementId, taskId }: Shown): Promise<Page> {
  const page = await context.newPage();
  context.setDefaultTimeout(300_000);
  await page.goto(link.replace(/^http:\/\/(?:\[::\]|0\.0\.0\.0)/, 'http://127.0.0.1'));
  const { origin } = new URL(link);
  // A first start builds the pages; the page that says so looks again by itself.
  await page.getByRole('heading', { name: /Hello/ }).waitFor();
  const open = async (path: string, colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${origin}/console${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  await open(`/elements/${elementId}`, 'light');
  await takePicture(page, 'element');
  await open(`/studio?element=${elementId}&task=${taskId}`, 'light');
  await page.getByLabel('Prompt', { exact: true }).fill('<<<element_1>>> crosses a desert at dusk');
  // From its middle, where the title has gone.
  await showMoment(page, 1.5);
  // Farther away, so that what was asked for and what came of it stand on one picture.
  await page.setViewportSize({ width: 1760, height: 1100 });
  await waitForRest(page);
  await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
  await takePicture(page, 'studio');
  await page.setViewportSize(size);
  await open('/tasks', 'dark');
  await takePicture(page, 'tasks');
  await open('/elements/new?sample=rc-car', 'dark');
  await page.getByAltText('The cut-outs, side by side').waitFor();
  await takePicture(page, 'new-element');
  return page;
}

/** A moving picture of what one does, frame by frame, each as long as there is something to see. */
async function recordTour(page: Page, origin: string, { elementId, taskId }: Shown): Promise<void> {
  const frames: Buffer[] = [];
  const delaysMs: number[] = [];
  const shoot = async (ms: number) => {
    frames.push(
      await sharp(await page.screenshot())
        .resize(960)
        .png()
        .toBuffer(),
    );
    delaysMs.push(ms);
  };
  const open = async (path: string) => {
    await page.goto(`${origin}/console${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await waitForRest(page);
  };
  await page.emulateMedia({ colorScheme: 'light' });
  await open('/elements');
  await shoot(1800);
  await open('/elements/new?sample=rc-car');
  await shoot(900);
  await page.getByAltText('The cut-outs, side by side').waitFor();
  await waitForRest(page);
  await shoot(2600);
  await open(`/elements/${elementId}`);
  const line = page.getByLabel('How much of the original is shown');
  for (const percent of [50, 35, 20, 35, 55, 75, 55]) {
    await line.fill(String(percent));
    await shoot(percent === 50 ? 1200 : 220);
  }
  await open(`/elements/${elementId}/mend`);
  await page.locator('canvas[data-drawn="1"]').waitFor();
  await shoot(1200);
  await paintOnTour(page, shoot);
  await open(`/studio?element=${elementId}&task=${taskId}`);
  const prompt = page.getByLabel('Prompt', { exact: true });
  for (const text of [
    '<<<element_1>>> ',
    '<<<element_1>>> crosses a desert',
    '<<<element_1>>> crosses a desert at dusk',
  ]) {
    await prompt.fill(text);
    await shoot(text.endsWith('dusk') ? 1200 : 450);
  }
  const video = page.getByLabel('The video', { exact: true });
  await video.scrollIntoViewIfNeeded();
  for (let at = 0; at < 14; at++) {
    await showMoment(page, 0.2 * at);
    await shoot(at === 13 ? 2000 : 200);
  }
  const tour = sharp(frames, { join: { animated: true } });
  await tour.webp({ quality: 90, delay: delaysMs, loop: 0 }).toFile(join(root, 'docs/images/console-tour.webp'));
}

/** A stroke that takes the ground off from under the car. */
async function paintOnTour(page: Page, shoot: (ms: number) => Promise<void>): Promise<void> {
  const box = await page.getByRole('application').boundingBox();
  if (box === null) throw new Error('there is nothing to paint on');
  await page.getByText('Remove', { exact: true }).click();
  const place = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...place(0.24, 0.93));
  await page.mouse.down();
  for (const [x, y] of [
    [0.34, 0.965],
    [0.44, 0.975],
    [0.54, 0.975],
    [0.64, 0.965],
  ] as const) {
    await page.mouse.move(...place(x, y), { steps: 4 });
    await shoot(180);
  }
  await page.mouse.up();
  await page.locator('canvas[data-drawn="2"]').waitFor();
  await page.mouse.move(...place(0.8, 0.5));
  await shoot(1800);
}

/** A frame of the video; without its controls, whose ring of loading stays over it. */
async function showMoment(page: Page, seconds: number): Promise<void> {
  await page.getByLabel('The video', { exact: true }).evaluate(
    (shown, currentTime) =>
      new Promise((done) => {
        shown.addEventListener('seeked', done, { once: true });
        Object.assign(shown, { muted: true, controls: false, currentTime });
      }),
    seconds,
  );
}

async function takePicture(page: Page, name: string): Promise<void> {
  await waitForRest(page);
  const png = await page.screenshot();
  const path = join(root, `docs/images/console-${name}.webp`);
  await sharp(png).resize(1280).webp({ quality: 80 }).toFile(path);
}

async function waitForRest(page: Page): Promise<void> {
  const busy = page.locator('.mantine-Skeleton-root, .mantine-Loader-root');
  while ((await busy.count()) > 0) await busy.first().waitFor({ state: 'detached' });
  // Those below the window may never load.
  const seen = '[...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight)';
  await page.evaluate(`Promise.all([document.fonts.ready, ...${seen}.map((image) => image.decode())])`);
}
