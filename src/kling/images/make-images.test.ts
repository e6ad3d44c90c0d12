import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catchError } from '../../../test/helpers/catch-error.ts';
import type { CallFault } from '../../../test/helpers/stand-in-kling/faults.ts';
import {
  castOfPictures,
  closeMedia,
  openEngine,
  orderVideo,
  tools,
} from '../../../test/helpers/stand-in-kling/open-engine.ts';
import { startStandIn } from '../../../test/helpers/stand-in-kling/stand-in.ts';
import { openTestDatabase, type TestDatabase } from '../../../test/helpers/test-database.ts';
import { until } from '../../../test/helpers/until.ts';
import type { ImageOrder, ImageSpec } from '../../engines/index.ts';
import { findKlingTask } from '../tasks/queries.ts';
import { compareImages } from './fetch-images.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await closeMedia();
  await database.close();
});

let count = 0;
const next = () => {
  count += 1;
  return count;
};
const nextTask = () => `task-unified-2-${String(next()).padStart(8, '0')}`;
const omni = '/v1/images/omni-image';

async function open(
  options: Parameters<typeof startStandIn>[0] = {},
  environment: Record<string, string> = {},
  engineOptions: Parameters<typeof openEngine>[2] = {},
) {
  const standIn = await startStandIn({ parallelMax: 9, ...options });
  const account = `pictures-${next()}`;
  const engine = openEngine(database.db, standIn.url, {
    ...engineOptions,
    environment: { TROUPE_KLING_ACCOUNT: account, TROUPE_KLING_PARALLEL_VIDEOS: '9', ...environment },
  });
  return {
    standIn,
    images: engine.videos.images,
    account,
    async [Symbol.asyncDispose]() {
      await engine.close();
      await standIn[Symbol.asyncDispose]();
    },
  };
}

async function orderOf(
  change: Partial<ImageSpec> = {},
  rest: Partial<Omit<ImageOrder, 'spec'>> = {},
): Promise<ImageOrder> {
  const { spec: _, ...order } = await orderVideo(nextTask());
  const spec = { model: 'kling-image-o1', prompt: 'a dog runs', quality: '1k' as const, count: 1, ...change };
  return { ...order, ...rest, spec };
}

test('what each model is asked for is what the vendor has for it, and its elements are made known first', async () => {
  await using world = await open();
  const cast = [castOfPictures('4129876500120001')];
  const marked = { prompt: '<<<element_1>>> runs', count: 2, aspect_ratio: '3:2' as const };
  await world.images.makeImages(await orderOf({ ...marked, quality: '2k' }, { cast }), tools());
  await world.images.makeImages(await orderOf({ model: 'kling-image-o3', quality: '4k' }), tools());
  await world.images.makeImages(
    await orderOf({ model: 'kling-image-v3', negative_prompt: 'text', aspect_ratio: '16:9' }, { cast }),
    tools(),
  );
  const made = world.standIn.tasks().find(({ path }) => path.endsWith('custom-elements'));
  const [o1, o3] = world.standIn.creates(omni).map(({ body }) => body);
  expect(o1).toEqual({
    model_name: 'kling-image-o1',
    prompt: '<<<element_1>>> runs',
    element_list: [{ element_id: made?.madeId }],
    resolution: '2k',
    n: 2,
    aspect_ratio: '3:2',
    external_task_id: expect.stringMatching(/^troupe-/),
  });
  expect(o3).toMatchObject({ model_name: 'kling-v3-omni', resolution: '4k', n: 1, aspect_ratio: 'auto' });
  expect(world.standIn.creates('/v1/images/generations')[0]?.body).toMatchObject({
    model_name: 'kling-v3',
    negative_prompt: 'text',
    element_list: [{ element_id: made?.madeId }],
    aspect_ratio: '16:9',
  });
  expect(world.standIn.creates('/v1/general/advanced-custom-elements')).toHaveLength(1);
});

test('finished pictures are on disk in the order of their numbers, with their sizes and the ids of the upstream', async () => {
  await using world = await open();
  const order = await orderOf({ count: 3, aspect_ratio: '1:1' });
  const draft = await world.images.makeImages(order, tools());
  expect(draft.pictures).toMatchObject(Array(3).fill({ media_type: 'image/png', width_px: 1024, height_px: 1024 }));
  for (const { path } of draft.pictures) expect((await stat(path)).size).toBeGreaterThan(0);
  expect(draft.warnings).toEqual([]);
  expect(draft.details).toMatchObject({
    upstream_task_id: world.standIn.tasks()[0]?.id,
    final_unit_deduction: '24',
  });
});

describe('one upstream task and finished pictures, when the first create', () => {
  const faults: CallFault[] = [
    ...(['lost_request', 'lost_answer', 'no_answer', 'garbage', 'late_work', 'done_5000'] as const),
    ...[1302, 1303, 5001],
  ];
  test.each(faults)('ends as %s', async (fault) => {
    await using world = await open();
    world.standIn.plan({ creates: [fault] });
    await world.images.makeImages(await orderOf(), tools());
    expect(Object.values(world.standIn.made())).toEqual([1]);
  });
});

test('a second call after the first was ended goes on with what was sent, without its sources', async () => {
  await using world = await open({ taskMs: 300 });
  const order = await orderOf();
  const stop = new AbortController();
  const first = world.images.makeImages(order, tools(stop.signal)).catch((error) => error);
  await until('the create', () => world.standIn.creates(omni).length === 1);
  stop.abort(new Error('stopped'));
  await first;
  const resumed = await world.images.resumeImages?.(order, tools());
  expect(resumed?.pictures).toHaveLength(1);
  expect(world.standIn.creates(omni)).toHaveLength(1);
  expect(await world.images.resumeImages?.({ ...order, task_id: nextTask() }, tools())).toBeNull();
});

test('a task that ends without pictures fails without content', async () => {
  await using world = await open();
  world.standIn.plan({ tasks: [{ makes: { pictures: 0 } }] });
  expect(await catchError((async () => world.images.makeImages(await orderOf(), tools()))())).toMatchObject({
    code: 'generation_failed_no_content',
  });
});

test('fewer pictures, smaller ones and others in shape are told, and the rest is kept', async () => {
  await using world = await open();
  world.standIn.plan({ tasks: [{ makes: { pictures: 1, widthPx: 640, heightPx: 640 } }] });
  const draft = await world.images.makeImages(await orderOf({ count: 2, aspect_ratio: '16:9' }), tools());
  expect(draft.pictures).toHaveLength(1);
  expect(draft.warnings.map(({ code }) => code)).toEqual([
    'fewer_than_asked',
    'smaller_than_asked',
    'other_shape_than_asked',
  ]);
  const spec = { model: 'kling-image-o1', prompt: '', quality: '1k' as const, count: 1 };
  expect(compareImages(spec, [{ width_px: 1360, height_px: 768 }])).toEqual([]);
});

test('pictures take a slot each, beside videos of the same account, and are never more at once than there are', async () => {
  await using world = await open({ parallelMax: 4, taskMs: 120 }, { TROUPE_KLING_PARALLEL_VIDEOS: '4' });
  const counts = [3, 2, 1, 4, 9];
  await Promise.all(
    counts.slice(0, 4).map(async (one) => world.images.makeImages(await orderOf({ count: one }), tools())),
  );
  expect(world.standIn.parallelPeak()).toBeLessThanOrEqual(4);
  expect(world.standIn.creates(omni)).toHaveLength(4);
});

test('what the pictures cost is kept in units of videos, and a budget counts them with those', async () => {
  await using world = await open({}, { TROUPE_KLING_UNITS_PER_DAY: '1' });
  const order = await orderOf({ count: 4 });
  await world.images.makeImages(order, tools());
  const precheck = { account_id: 1, cast: [], sources: [] };
  expect(world.standIn.billedUnits()).toBeCloseTo(0.8);
  await world.images.checkImages({ ...precheck, spec: { ...order.spec, count: 1 } });
  expect(
    await catchError((async () => world.images.checkImages({ ...precheck, spec: { ...order.spec, count: 2 } }))()),
  ).toMatchObject({ code: 'service_unavailable', status: 503 });
  const row = await findKlingTask(database.db, { purpose: 'video', subject: order.task_id });
  expect(row?.product).toBe('image/kling-image-o1');
});

test('a model that is not made there is refused by name', async () => {
  await using world = await open();
  const spec = { model: 'kling-image-v9', prompt: 'a', quality: '1k' as const, count: 1 };
  expect(
    await catchError((async () => world.images.checkImages({ account_id: 1, cast: [], sources: [], spec }))()),
  ).toMatchObject({ code: 'invalid_request', param: 'model' });
});

test('a refusal and a failure of the vendor end it with its words', async () => {
  await using world = await open();
  world.standIn.plan({ creates: [1301], tasks: [{ fails: 'Failure to pass the risk control system' }] });
  expect(await catchError((async () => world.images.makeImages(await orderOf(), tools()))())).toMatchObject({
    code: 'content_policy_violation',
  });
  expect(await catchError((async () => world.images.makeImages(await orderOf(), tools()))())).toMatchObject({
    code: 'content_policy_violation',
  });
});
