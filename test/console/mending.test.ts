import type { CDPSession, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Cutout, createClient, getCutout, mendCutout } from '../../client/index.ts';
import {
  computeRadiusPx,
  emptyMending,
  hasRoom,
  type Step,
  writeMending,
  writeStroke,
} from '../../console/pages/mend/mending.ts';
import { until } from '../helpers/until.ts';
import { ballSize, drawBall, makeElement } from './draw-ball.ts';
import { findViolations } from './find-violations.ts';
import { hasNoBrowser, type OpenConsole, openConsole } from './open-console.ts';

let opened: OpenConsole;
let elementId: string;

const client = () => createClient({ baseUrl: opened.troupe.url, key: opened.key, retriesMax: 0 });
const cutout = async (): Promise<Cutout> => await getCutout(client(), elementId, 'frontal');
const open = async () => {
  await opened.visit(`/elements/${elementId}/mend?view=frontal`);
  await waitForEdge(opened.page, 'middle', 255);
};

test('a stroke keeps few points, none farther from the way of the hand than a tenth of the brush', () => {
  const path = Array.from({ length: 400 }, (_, at) => [at, 50 + 40 * Math.sin(at / 30)] as const);
  const { points } = writeStroke('keep', 20, path);
  expect(points.length).toBeLessThan(40);
  expect([points[0], points.at(-1)]).toEqual(
    [path[0], path.at(-1)].map((point) => point?.map((one) => expect.closeTo(one, 0))),
  );
  expect(writeStroke('remove', 5, [[7, 8]])).toEqual({ kind: 'remove', radius_px: 5, points: [[7, 8]] });
  const wild = Array.from({ length: 5000 }, (_, at) => [at % 2 ? 400 : 0, at / 10] as const);
  expect(writeStroke('keep', 1, wild).points.length).toBeLessThanOrEqual(500);
});

test('an alpha drops the strokes before it, and no more is taken than one request may hold', () => {
  const stroke = writeStroke('keep', 5, [[1, 1]]);
  const step = (what: { alpha: string } | { stroke: typeof stroke }): Step => ({ id: 'any', ...what });
  const steps = [step({ stroke }), step({ alpha: 'data:one' }), step({ stroke }), step({ stroke })];
  const draft = { ...emptyMending({ revision: 4 }), steps };
  expect(writeMending(draft)).toEqual({ revision: 4, alpha: 'data:one', strokes: [stroke, stroke] });
  expect(hasRoom(draft)).toBe(true);
  expect(hasRoom({ ...draft, steps: Array(100).fill(step({ stroke })) })).toBe(false);
});

describe.skipIf(hasNoBrowser)('in the browser', () => {
  beforeAll(async () => {
    opened = await openConsole({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
  });
  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    elementId = await makeElement(opened.troupe, await drawBall());
  });

  test('a cut-out is mended by the mouse: each stroke shows its edge, is taken back and done again, compared, stored, and gone back from', async () => {
    const { page, visit } = opened;
    await visit(`/elements/${elementId}`);
    await page.getByRole('link', { name: 'Mend the cut-out' }).click();
    await page.getByRole('heading', { name: 'Mend the cut-out', level: 1 }).waitFor();
    await waitForEdge(page, 'middle', 255);
    expect(await alphaAt(page, 'corner')).toBe(0);
    const previews: string[] = [];
    page.on('request', (request) => request.url().endsWith('/preview') && previews.push(request.url()));

    await paint(page, [30, 30], [60, 40]);
    await waitForEdge(page, 'corner', 255);
    await page.getByText('1 change, not saved yet').waitFor();
    await page.keyboard.press('Control+z');
    await waitForEdge(page, 'corner', 0);
    await page.getByText('Nothing is changed yet').waitFor();
    await page.keyboard.press('Control+Shift+Z');
    await waitForEdge(page, 'corner', 255);
    expect(previews).toHaveLength(1);

    await page.getByText('Brush: 19 px').waitFor();
    await page.keyboard.press(']');
    await page.getByText('Brush: 24 px').waitFor();
    await page.getByRole('application').hover();
    await page.mouse.wheel(0, 100);
    await page.getByText('Brush: 21 px').waitFor();

    await page.getByRole('slider', { name: 'How much is shown as it was' }).press('ArrowRight');
    await page.getByLabel('The cut-out as it was').waitFor();
    await until('the drawn cut-out', async () => (await alphaAt(page, 'corner', 'The cut-out as it was')) === 0);
    for (const ground of ['Light', 'Dark', 'Checkered', 'Dimmed']) {
      await page.getByText(ground, { exact: true }).click();
      expect(await findViolations(page), ground).toEqual([]);
    }

    await page.getByText('Remove', { exact: true }).click();
    await paint(page, [240, 180]);
    await waitForEdge(page, 'middle', 0);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('mended by hand').waitFor();
    const { revision, strokes, matte_source } = await cutout();
    expect({ revision, matte_source }).toEqual({ revision: 2, matte_source: 'mended' });
    expect(strokes).toMatchObject([
      { kind: 'keep', radius_px: 9.3 },
      { kind: 'remove', points: [[expect.closeTo(240, 0), expect.closeTo(180, 0)]] },
    ]);

    await page.getByRole('link', { name: 'Mend the cut-out' }).click();
    await page.getByRole('button', { name: 'Back to automatic' }).click();
    await page.getByRole('button', { name: 'Go back', exact: true }).click();
    await page.getByText(/cut-out \d+ % sure/).waitFor();
    expect(await cutout()).toMatchObject({ revision: 3, matte_source: 'automatic', strokes: [] });
  });

  test('one finger paints on a phone, and two fingers paint nothing', async () => {
    const { browser, context, troupe } = opened;
    const phone = await browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      storageState: await context.storageState(),
    });
    phone.setDefaultTimeout(300_000);
    const page = await phone.newPage();
    await page.goto(`${troupe.url}/console/elements/${elementId}/mend`);
    await waitForEdge(page, 'middle', 255);
    const hand = await phone.newCDPSession(page);
    await touch(hand, page, [
      [[100, 100]],
      [
        [100, 100],
        [200, 200],
      ],
    ]);
    await page.getByText('Nothing is changed yet').waitFor();
    await touch(hand, page, [[[30, 30]], [[45, 35]], [[60, 40]]]);
    await waitForEdge(page, 'corner', 255);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('mended by hand').waitFor();
    expect((await cutout()).strokes).toHaveLength(1);
    await phone.close();
  });

  test('points and lines are painted by the keyboard alone, and stored by it', async () => {
    const { page } = opened;
    await open();
    const stage = page.getByRole('application');
    await stage.focus();
    for (let at = 0; at < 5; at++) await stage.press('ArrowLeft');
    await stage.press('Shift+ArrowUp');
    await stage.press('x');
    await page.getByRole('radio', { name: 'Remove', checked: true }).waitFor({ state: 'attached' });
    await stage.press('Space');
    await stage.press('ArrowDown');
    await stage.press('Enter');
    await page.getByText('2 changes, not saved yet').waitFor();
    await page.getByText('Drawing the edge').waitFor({ state: 'detached' });
    await stage.press('Control+Enter');
    await page.getByText('mended by hand').waitFor();
    const radius = computeRadiusPx(15, { width_px: ballSize.width, height_px: ballSize.height });
    const [x, y] = [expect.closeTo(240 - 5 * radius, 0), expect.closeTo(179, 0)];
    expect((await cutout()).strokes).toMatchObject([
      { kind: 'remove', points: [[x, y]] },
      {
        kind: 'remove',
        points: [
          [x, y],
          [x, expect.closeTo(179 + radius, 0)],
        ],
      },
    ]);
  });

  test('who comes second is told that the element has changed, and puts the strokes over the new cut-out or drops them', async () => {
    const { page, expectRefusal } = opened;
    const theirs = { kind: 'keep' as const, radius_px: 12, points: [[440, 330]] };
    for (const choice of ['Put mine over theirs', 'Drop mine']) {
      await open();
      await paint(page, [30, 30], [60, 40]);
      await waitForEdge(page, 'corner', 255);
      const { revision } = await mendCutout(client(), elementId, 'frontal', { strokes: [theirs] });
      expectRefusal(`POST /v1/elements/${elementId}/views/frontal/cutout/preview 409`);
      await paint(page, [240, 30]);
      await page
        .getByRole('alert')
        .getByText(/Nothing was stored, and your strokes are still here/)
        .waitFor();
      expect(await findViolations(page)).toEqual([]);
      await page.getByRole('button', { name: choice }).click();
      if (choice === 'Drop mine') {
        await page.getByText('Nothing is changed yet').waitFor();
        await until('the drawn cut-out', async () => (await alphaAt(page, [440, 330])) === 255);
        continue;
      }
      await until(
        'the drawn cut-out',
        async () => (await alphaAt(page, [440, 330])) === 255 && (await alphaAt(page, 'corner')) === 255,
      );
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('mended by hand').waitFor();
      expect(await cutout()).toMatchObject({ revision: revision + 1 });
      expect((await cutout()).strokes).toHaveLength(3);
    }
  });

  test('an alpha of ones own takes the place of the matte; one of another size is refused at the picture', async () => {
    const { page, expectRefusal } = opened;
    await open();
    const give = async (buffer: Buffer) => {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Use my own alpha' }).click();
      await (await chooser).setFiles({ name: 'alpha.png', mimeType: 'image/png', buffer });
    };
    const left = sharp({ create: { width: 200, height: 360, channels: 3, background: '#fff' } });
    const alpha = await sharp({ create: { ...ballSize, channels: 3, background: '#000' } })
      .composite([{ input: await left.png().toBuffer(), left: 0, top: 0 }])
      .png()
      .toBuffer();
    expectRefusal(`POST /v1/elements/${elementId}/views/frontal/cutout/preview 400`);
    await give(await sharp(alpha).resize(40, 30).png().toBuffer());
    await page
      .getByRole('alert')
      .getByText(/alpha: is 40 × 30 px, must be/)
      .waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await give(alpha);
    await waitForEdge(page, 'corner', 255);
    await until('the drawn cut-out', async () => (await alphaAt(page, [300, 180])) === 0);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('mended by hand').waitFor();
    expect((await cutout()).facts).toMatchObject({ subject: { left: 0 } });
  });
});

const places = { corner: [45, 35], middle: [240, 180] } as const;
type Place = keyof typeof places | readonly [x: number, y: number];

/** Opacity of the drawn cut-out there, 0…255; NaN while nothing is drawn. */
async function alphaAt(page: Page, place: Place, label = 'The cut-out as it becomes'): Promise<number> {
  const [x, y] = typeof place === 'string' ? places[place] : place;
  return await page.getByLabel(label).evaluate(readAlpha, [x / ballSize.width, y / ballSize.height] as const);
}

function readAlpha(canvas: object, [x, y]: readonly [number, number]): number {
  // Named so, since these tests are compiled without the types of a browser.
  const drawn = canvas as {
    width: number;
    height: number;
    dataset: { drawn?: string };
    getContext(kind: '2d'): { getImageData(...box: number[]): { data: number[] } };
  };
  if (drawn.dataset.drawn === undefined) return Number.NaN;
  const { data } = drawn.getContext('2d').getImageData(Math.floor(x * drawn.width), Math.floor(y * drawn.height), 1, 1);
  return data[3] ?? Number.NaN;
}

const waitForEdge = async (page: Page, place: Place, alpha: number) =>
  await until('the drawn cut-out', async () => (await alphaAt(page, place)) === alpha);

/** Where a pixel of the picture lies on the screen. */
async function locate(page: Page, [x, y]: readonly [number, number]): Promise<{ x: number; y: number }> {
  const stage = page.getByRole('application');
  await stage.scrollIntoViewIfNeeded();
  const box = await stage.boundingBox();
  if (box === null) throw new Error('the stage is not shown');
  return { x: box.x + (x / ballSize.width) * box.width, y: box.y + (y / ballSize.height) * box.height };
}

async function paint(page: Page, ...points: readonly [number, number][]): Promise<void> {
  for (const [at, point] of points.entries()) {
    const { x, y } = await locate(page, point);
    await page.mouse.move(x, y, { steps: at === 0 ? 1 : 5 });
    if (at === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** Fingers of a hand from moment to moment; all are lifted after the last one. */
async function touch(hand: CDPSession, page: Page, moments: readonly (readonly [number, number])[][]): Promise<void> {
  let fingers = 0;
  for (const moment of moments) {
    const touchPoints = [];
    for (const [id, point] of moment.entries()) touchPoints.push({ id, ...(await locate(page, point)) });
    const type = moment.length > fingers ? 'touchStart' : 'touchMove';
    await hand.send('Input.dispatchTouchEvent', { type, touchPoints });
    fingers = moment.length;
  }
  await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
