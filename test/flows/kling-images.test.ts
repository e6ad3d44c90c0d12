import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { loadBooks } from '../helpers/load-books.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** Pictures by a whole server and the vendor: charged by what came, nothing for free, nothing twice. */
let standIn: StandIn;
let troupe: StartedTroupe;

beforeAll(async () => {
  standIn = await startStandIn({ parallelMax: 9, taskMs: 50 });
  troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNT: 'pictures',
      TROUPE_KLING_PARALLEL_VIDEOS: '9',
    },
  });
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await standIn?.[Symbol.asyncDispose]();
});
afterEach(() => {
  standIn.plan({});
  standIn.configure({ taskMs: 50 });
});

const submit = async (rest: object = {}) => {
  const body = { model: 'kling-image-o1', prompt: 'A harbour', ...rest };
  const answer = await troupe.call('POST', '/v1/images/generations', { body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.id as string;
};
const books = () => loadBooks(troupe.database.db, troupe.key.account_id);

test('pictures of the vendor are stored here, told with their sizes and charged by how many came', async () => {
  const before = await books();
  const whole = await troupe.waitForEnd(await submit({ n: 2, aspect_ratio: '3:2', quality: '2k' }), 60_000);
  expect(whole).toMatchObject({
    status: 'completed',
    usage: { credits_used: 3.6 },
    result_data: { engine: 'kling', warnings: [], images: [{ width: 2512, height: 1680 }, { width: 2512 }] },
  });
  expect((await fetch(whole.results[1])).headers.get('content-type')).toBe('image/png');
  standIn.plan({ tasks: [{ makes: { pictures: 1 } }] });
  const less = await troupe.waitForEnd(await submit({ n: 3 }), 60_000);
  expect(less).toMatchObject({
    status: 'completed',
    usage: { credits_used: 1.8 },
    result_data: { warnings: [{ code: 'fewer_than_asked', message: '1 of 3 pictures' }] },
  });
  expect((await books()).spent - before.spent).toBeCloseTo(5.4, 6);
  // Three pictures of 0.2 units, of which 0.6 are 5.4 credits.
  expect(standIn.billedUnits()).toBeCloseTo(0.6, 6);
});

test('one that was sent can not be cancelled; one that fails there is given back in full', async () => {
  standIn.configure({ taskMs: 100_000 });
  const before = await books();
  const sent = await submit({ prompt: 'sent' });
  await until('the create', () => standIn.creates('/v1/images/omni-image').some(({ body }) => body.prompt === 'sent'));
  await until('its mark', async () => {
    const { body } = await troupe.call('GET', `/v1/tasks/${sent}`);
    return body.task_info.can_cancel === false || null;
  });
  const refused = await troupe.call('POST', `/v1/tasks/${sent}/cancel`);
  expect([refused.status, refused.body.error.code]).toEqual([409, 'task_not_cancellable']);
  standIn.finishAll();
  expect((await troupe.waitForEnd(sent, 60_000)).status).toBe('completed');
  standIn.configure({ taskMs: 50 });
  standIn.plan({ tasks: [{ fails: 'the server is overloaded' }] });
  const failed = await troupe.waitForEnd(await submit(), 60_000);
  expect(failed).toMatchObject({ status: 'failed', error: { code: 'resource_exhausted' }, usage: { credits_used: 0 } });
  expect((await books()).spent - before.spent).toBeCloseTo(1.8, 6);
});
