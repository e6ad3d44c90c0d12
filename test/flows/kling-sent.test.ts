import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resultUnusable } from '../../src/kling/errors.ts';
import { stalled } from '../../src/lib/safe-fetch/errors.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { imageRequest, videoRequest } from '../helpers/flow-bodies.ts';
import { listKinds } from '../helpers/load-books.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** Once a video is upstream it may be paid for: from then on nothing here decides about it but what the upstream says. */
let origin: MediaOrigin;
let standIn: StandIn;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  standIn = await startStandIn({ taskMs: 100 });
  const port = String(await findFreePort());
  troupe = await startTroupe({
    environment: {
      PORT: port,
      TROUPE_PUBLIC_URL: `http://127.0.0.1:${port}`,
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNT: 'studio',
      TROUPE_ELEMENT_ENGINE: 'kling',
    },
  });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await standIn[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const creates = () => standIn.creates('/v1/videos/omni-video');

async function makeElement(): Promise<string> {
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  return (await troupe.waitForEnd(body.id)).result_data.element_id;
}

/** A video of an element and a first frame, which is upstream now and followed by nobody. */
async function leaveUpstream(elementId: string): Promise<string> {
  const before = creates().length;
  const body = {
    model: 'kling-o3-image-to-video',
    prompt: 'it swims',
    duration: 3,
    image_start: origin.url('/frame.jpg'),
    model_params: { element_list: [{ element_id: elementId }] },
  };
  standIn.configure({ taskMs: 100_000 });
  const { body: task } = await troupe.submit(body);
  await until('the video upstream', () => creates().length > before);
  await until('its row', async () => {
    const { rows } = await sql<{ state: string }>`select state from kling_tasks where subject = ${task.id}`.execute(
      troupe.database.db,
    );
    return rows[0]?.state === 'submitted';
  });
  await troupe.stopWorkers();
  standIn.configure({ taskMs: 100 });
  return task.id;
}

const serveFrame = async () => {
  const frame = await readFile(new URL('../fixtures/media/duck.jpg', import.meta.url));
  origin.serve('/frame.jpg', (_, response) => void response.end(frame));
};

test('a restarted worker finishes it although its element is deleted here and upstream and its first frame is gone', async () => {
  troupe.startWorker();
  await serveFrame();
  const elementId = await makeElement();
  const id = await leaveUpstream(elementId);
  const sent = creates().length;
  expect((await troupe.call('DELETE', `/v1/elements/${elementId}`)).status).toBe(200);
  await sql`delete from kling_tasks where purpose <> 'video'`.execute(troupe.database.db);
  origin.serve('/frame.jpg', (_, response) => void response.writeHead(404).end());
  const asked = origin.calls('/frame.jpg');
  standIn.finishAll();
  troupe.startWorker();
  const task = await troupe.waitForEnd(id);
  expect(task).toMatchObject({ status: 'completed', result_data: { element_ids: [elementId] } });
  expect([creates().length, origin.calls('/frame.jpg')]).toEqual([sent, asked]);
  expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'settle']);
});

test('what became done upstream while every worker was away for longer than any deadline is delivered and charged', async () => {
  await serveFrame();
  const id = await leaveUpstream(await makeElement());
  standIn.finishAll();
  await sql`
    update kling_tasks set created_at = now() - interval '9 hours', sent_at = now() - interval '9 hours'
    where subject = ${id}`.execute(troupe.database.db);
  // The task ages, and not the clock: by that the sweep would take the folder that is being worked in for an old one.
  await sql`update tasks set created_at = now() - interval '9 hours' where id = ${id}`.execute(troupe.database.db);
  troupe.startWorker();
  const task = await troupe.waitForEnd(id);
  expect(task.status).toBe('completed');
});

describe('a paid result that this machine can not take', () => {
  const says = (id: string, words: string) => troupe.log.filter((line) => line.includes(id) && line.includes(words));
  /** Ends the wait for the next attempt. */
  const hurry = () => sql`update jobs.job set start_after = now() where state = 'created'`.execute(troupe.database.db);

  /** A video that is done upstream, where a file stands in the way of the folder that it is to be stored in. */
  async function leaveUnstorable(age: string) {
    await serveFrame();
    const id = await leaveUpstream(await makeElement());
    standIn.finishAll();
    await sql`update tasks set created_at = now() - ${age}::interval where id = ${id}`.execute(troupe.database.db);
    const folder = troupe.context.storage.locate(`results/${id}`);
    await mkdir(dirname(folder), { recursive: true });
    await writeFile(folder, '');
    troupe.startWorker();
    return { id, clear: () => rm(folder) };
  }

  test('is taken when it can be, although its hours are over, and charged once', async () => {
    const { id, clear } = await leaveUnstorable('9 hours');
    await until('an attempt to fail', () => says(id, 'will run again').length > 0);
    await clear();
    await hurry();
    expect((await troupe.waitForEnd(id)).status).toBe('completed');
    expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'settle']);
  });

  test('is given up with its reason, and refunded, once the upstream keeps it no more', async () => {
    const { id, clear } = await leaveUnstorable('31 days');
    const task = await troupe.waitForEnd(id);
    await clear();
    expect(task).toMatchObject({ status: 'failed', error: { code: 'service_error' } });
    expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'refund']);
  });

  test('is fetched however often that was too slow', async () => {
    await serveFrame();
    const id = await leaveUpstream(await makeElement());
    standIn.finishAll();
    const { engines } = troupe.context;
    const { getVideoEngine } = engines;
    engines.getVideoEngine = (name) => ({
      ...getVideoEngine(name),
      resumeVideo: async () => {
        throw resultUnusable('it came too slowly', stalled('a test'), true);
      },
    });
    troupe.startWorker();
    await until('three attempts to fail', async () => {
      await hurry();
      return says(id, 'will run again').length >= 3;
    });
    engines.getVideoEngine = getVideoEngine;
    await hurry();
    expect((await troupe.waitForEnd(id)).status).toBe('completed');
    expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'settle']);
  });
});

test('what is lost upstream before it could be looked up needs its element again, and is refunded when that is gone', async () => {
  await serveFrame();
  const elementId = await makeElement();
  const id = await leaveUpstream(elementId);
  const sent = creates().length;
  await troupe.call('DELETE', `/v1/elements/${elementId}`);
  await sql`
    update kling_tasks set state = 'sending', upstream_task_id = null, external_task_id = 'never-arrived',
      sent_at = now() - interval '1 hour'
    where subject = ${id}`.execute(troupe.database.db);
  troupe.startWorker();
  const task = await troupe.waitForEnd(id);
  expect(task).toMatchObject({ status: 'failed', error: { code: 'invalid_parameters' } });
  expect(creates()).toHaveLength(sent);
  expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'refund']);
});

test('a cancelled video leaves the clip fetchable that another one waits for, and the last one takes it away', async () => {
  const clip = await readFile('demo/media/juggle.mp4');
  origin.serve('/juggle.mp4', (_, response) => void response.end(clip));
  const { engines } = troupe.context;
  const { chooseElementEngine } = engines;
  engines.chooseElementEngine = () => engines.getElementEngine('local');
  const { body } = await troupe.submit(videoRequest(origin.url('/juggle.mp4')));
  const elementId = (await troupe.waitForEnd(body.id)).result_data.element_id;
  engines.chooseElementEngine = chooseElementEngine;
  standIn.configure({ taskMs: 100_000 });
  const elements = () => standIn.creates('/v1/general/advanced-custom-elements');
  const before = elements().length;
  const submit = async () => {
    const model_params = { element_list: [{ element_id: elementId }] };
    const video = { model: 'kling-o3-text-to-video', prompt: '<<<element_1>>> juggles', duration: 3, model_params };
    return (await troupe.submit(video)).body.id as string;
  };
  const first = await submit();
  const create = await until('the element upstream', () => elements()[before]);
  const second = await submit();
  const fetchClip = async () => (await fetch(create.body.element_video_list.refer_videos[0].video_url)).status;
  await troupe.call('POST', `/v1/tasks/${first}/cancel`);
  await until('the attempt to end', async () => {
    return !(await readdir(troupe.context.workFolder)).some((name) => name.startsWith(first));
  });
  expect(await fetchClip()).toBe(200);
  standIn.configure({ taskMs: 100 });
  standIn.finishAll();
  expect((await troupe.waitForEnd(second)).status).toBe('completed');
  expect([elements().length, await fetchClip()]).toEqual([before + 1, 410]);
});
