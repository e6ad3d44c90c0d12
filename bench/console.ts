/**
 * What a person feels of the console, measured in the page itself by the browser's own clock: how long after a stroke's end its new edge
 * is drawn, a switch from page to page, frames while a library of 100,000 elements is flung past, and a change made elsewhere. Beside each
 * stands the same machine's share that isn't the console's: the server's answer, frames of the page at rest. Takes Debian's Chromium.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { cancelTask, createClient, createElement, createVideo, waitForTask } from '../client/index.ts';
import { fillLibrary } from './helpers/fill-library.ts';
import { median } from './helpers/median.ts';
import { printTable } from './helpers/print-table.ts';
import { createKeys, startBench } from './helpers/start-bench.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 12);
/** How long a person looks at a cut-out before the first stroke. */
const lookMs = 5_000;
const librarySize = Number(process.env.BENCH_ELEMENTS ?? 100_000);
const scrollFrames = 240;

const bench = await startBench();
const browser = await chromium.launch({
  executablePath: process.env.TROUPE_TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const [key, other] = (await createKeys(bench.database, 2)) as [string, string];
  const server = await bench.startServer('serve');
  const client = createClient({ baseUrl: server.url, key });
  const elementId = await makeElement(client);
  // A page of its own for each: one with strokes that aren't stored asks before it's left.
  const strokes = await measureStrokes(
    await openPage(server.url, key),
    `${server.url}/console/elements/${elementId}/mend`,
  );
  const switches = await measureSwitches(await openPage(server.url, key), `${server.url}/console/elements`);
  const changes = await measureChanges(await openPage(server.url, key), client, `${server.url}/console/tasks`);

  const { rows } = await bench.database.pool.query('select account_id from api_keys order by id desc limit 1');
  await fillLibrary(bench.database, rows[0].account_id, librarySize);
  const large = await openPage(server.url, other);
  await large.goto(`${server.url}/console/elements`);
  await large.locator('li[aria-posinset] a').first().waitFor();
  const rest = await large.evaluate<number[]>(`pageClock.measureFrames(${scrollFrames}, 0)`);
  const flung = await large.evaluate<number[]>(`pageClock.measureFrames(${scrollFrames}, 900)`);

  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const ratio = (value: number, to: number) => `${(value / to).toFixed(2)}`;
  const edge = median(strokes.map(({ drawn }) => drawn));
  const answer = median(strokes.map(({ asked }) => asked));
  const slowest = Math.max(...flung);
  printTable(`the console in Chromium, ${rounds} rounds each, medians; ratios hold on a busy machine too`, [
    { what: "a stroke's end to its new edge", measured: ms(edge), bar: '≤ 200 ms', reached: edge <= 200 },
    { what: "  to the server's answer alone", measured: ratio(edge, answer), bar: 'ratio', reached: null },
    ...Object.entries(switches).map(([name, times]) => ({
      what: `to the page ${name}, all of it there`,
      measured: ms(median(times)),
      bar: '≤ 300 ms',
      reached: median(times) <= 300,
    })),
    {
      what: 'a change elsewhere, after its answer',
      measured: ms(median(changes)),
      bar: '≤ 300 ms',
      reached: median(changes) <= 300,
    },
    {
      what: `frames while ${librarySize} elements are flung past`,
      measured: ms(median(flung)),
      bar: '≤ 16.8 ms',
      reached: median(flung) <= 16.8,
    },
    { what: '  to those at rest', measured: ratio(median(flung), median(rest)), bar: 'ratio', reached: null },
    { what: '  the longest', measured: ms(slowest), bar: '≤ 50 ms', reached: slowest <= 50 },
    { what: '  to the longest at rest', measured: ratio(slowest, Math.max(...rest)), bar: 'ratio', reached: null },
  ]);
} finally {
  await browser.close();
  await bench.close();
}

async function openPage(url: string, key: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(300_000);
  await context.request.post(`${url}/v1/session`, { data: { key }, headers: { origin: url } });
  await context.addInitScript({ path: fileURLToPath(new URL('./helpers/page-clock.js', import.meta.url)) });
  const page = await context.newPage();
  // The first start builds the pages, and the page that says so looks again by itself.
  await page.goto(`${url}/console`);
  await page.getByRole('heading', { name: /Hello/ }).waitFor();
  return page;
}

async function makeElement(client: ReturnType<typeof createClient>): Promise<string> {
  const load = async (name: string) =>
    (await readFile(fileURLToPath(new URL(`../demo/media/${name}`, import.meta.url)))).toString('base64');
  const task = await createElement(client, {
    model_params: {
      element_name: 'RC car',
      element_description: 'A toy car',
      reference_type: 'image_refer',
      element_image_list: {
        frontal_image: await load('rc-car-front.jpg'),
        refer_images: [{ image_url: await load('rc-car-side.jpg') }],
      },
    },
  });
  const { result_data } = await waitForTask(client, task.id);
  return (result_data as { element_id: string }).element_id;
}

/** Milliseconds from the end of each stroke to its edge, and those of the request in between. */
async function measureStrokes(page: Page, address: string): Promise<{ drawn: number; asked: number }[]> {
  await page.goto(address);
  await page.locator('canvas[data-drawn="1"]').waitFor();
  const box = await page.getByRole('application').boundingBox();
  if (box === null) throw new Error('there is nothing to paint on');
  // The server gets itself ready meanwhile.
  await page.waitForTimeout(lookMs);
  const measured: { drawn: number; asked: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.evaluate(`pageClock.watchStroke('${round + 2}')`);
    const y = box.y + box.height * (0.3 + 0.04 * round);
    await page.mouse.move(box.x + box.width * 0.4, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, y, { steps: 8 });
    await page.mouse.up();
    measured.push(await page.evaluate<{ drawn: number; asked: number }>('pageClock.measured'));
  }
  return measured;
}

/** Milliseconds from a click in the navigation until the page stands there whole, by its name. */
async function measureSwitches(page: Page, from: string): Promise<Record<string, number[]>> {
  const measured: Record<string, number[]> = { Tasks: [], Elements: [], Studio: [] };
  await page.goto(from);
  for (let round = 0; round <= rounds; round++) {
    for (const [name, times] of Object.entries(measured)) {
      await page.evaluate(`pageClock.watchSwitch('${name}')`);
      await page.getByRole('link', { name, exact: true }).click();
      const ms = await page.evaluate<number>('pageClock.measured');
      // The first of each loads its code.
      if (round > 0) times.push(ms);
    }
  }
  return measured;
}

/** Milliseconds from the answer of a change that a program makes until the open list shows it. */
async function measureChanges(page: Page, client: ReturnType<typeof createClient>, list: string): Promise<number[]> {
  const measured: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // Of a length that no worker is done with before it's cancelled.
    const task = await createVideo(client, { model: 'kling-v3-text-to-video', prompt: 'A lighthouse', duration: 15 });
    const stream = page.waitForResponse(/\/v1\/events/);
    await page.goto(list);
    await stream;
    await page.locator(`a[href$="${task.id}"]`).waitFor();
    await page.evaluate(`pageClock.watchRow('${task.id}', 'cancelled')`);
    await cancelTask(client, task.id);
    const answeredAt = performance.timeOrigin + performance.now();
    measured.push(Math.max(0, (await page.evaluate<number>('pageClock.measured')) - answeredAt));
  }
  return measured;
}
