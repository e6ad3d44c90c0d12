import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../../test/helpers/catch-error.ts';
import { openKlingWay } from '../../../test/helpers/open-kling-way.ts';
import { type StandIn, standInCredentials, startStandIn } from '../../../test/helpers/stand-in-kling/stand-in.ts';
import { createNetwork, parseAddressRange } from '../../lib/safe-fetch/index.ts';
import { createKlingClient, type KlingClient } from '../api/create-kling-client.ts';
import { createCredential } from '../api/credential.ts';
import { createKlingVoice, deleteKlingVoice, findCreatedVoice, listKlingVoices } from '../voices/kling-voices.ts';
import { deleteKlingElement, downloadKlingElement, listKlingElements, readKlingElement } from './kling-elements.ts';

let standIn: StandIn;
let client: KlingClient;
beforeAll(async () => {
  standIn = await startStandIn({ taskMs: 0 });
  const settings = { klingAccessKey: undefined, klingSecretKey: undefined, klingAccount: undefined };
  const credential = createCredential(
    { ...settings, klingApiKey: standInCredentials.apiKey },
    { now: () => new Date() },
  );
  client = createKlingClient({ ...openKlingWay(`${standIn.url}/`), credential, timeoutMs: 5_000 });
});
afterAll(async () => {
  await client.close();
  await standIn[Symbol.asyncDispose]();
});

const addElement = (name: string) =>
  standIn.addElement({
    element_name: name,
    element_description: 'd',
    reference_type: 'image_refer',
    element_image_list: {
      frontal_image: `${standIn.url}/results/none.mp4`,
      refer_images: [{ image_url: `${standIn.url}/results/none.mp4` }],
    },
  });

test('an element of the account is found by its own long id, over more than one page', async () => {
  const wanted = addElement('wanted');
  for (let at = 0; at < 501; at += 1) addElement(`other ${at}`);
  const element = await readKlingElement(client, wanted);
  expect(element).toMatchObject({ element_id: wanted, element_name: 'wanted', reference_type: 'image_refer' });
  expect(element.refer_images).toHaveLength(1);
});

test("the vendor's elements and voices are listed apart from the account's", async () => {
  expect(await Array.fromAsync(listKlingElements(client, 'presets'))).toMatchObject([{ owned_by: 'kling' }]);
  expect(await Array.fromAsync(listKlingVoices(client, 'presets'))).toMatchObject([{ voice_id: '829824295735410756' }]);
  expect((await readKlingElement(client, '160')).owned_by).toBe('kling');
});

test('a deleted element is not found any more, and deleting it again is no error', async () => {
  const id = addElement('gone');
  await deleteKlingElement(client, id);
  await deleteKlingElement(client, id);
  await deleteKlingElement(client, '1');
  expect(await catchError(readKlingElement(client, id))).toMatchObject({ status: 404, code: 'resource_not_found' });
});

test('where the first path to delete is missing the second is taken', async () => {
  const id = addElement('by the other path');
  standIn.plan({ creates: [1203] });
  await deleteKlingElement(client, id);
  expect(standIn.creates('/v1/general/delete-elements').at(-1)?.body).toEqual({ element_id: id });
  await catchError(readKlingElement(client, id));
});

test('a voice is made, found, listed and deleted; an unknown one is refused', async () => {
  const task = await createKlingVoice(client, {
    name: 'Ann',
    url: 'https://x.example/a.mp3',
    externalTaskId: 'voice-1',
  });
  const voice = await findCreatedVoice(client, task);
  expect(voice).toMatchObject({ voice_name: 'Ann' });
  expect(await Array.fromAsync(listKlingVoices(client, 'own'))).toMatchObject([{ voice_id: voice?.voice_id }]);
  await deleteKlingVoice(client, voice?.voice_id ?? '');
  expect(await catchError(deleteKlingVoice(client, '1'))).toMatchObject({ code: 'resource_not_found' });
});

test.each(['lost_answer', 'done_5000'] as const)(
  'a voice whose answer ended as %s is found, and not made again',
  async (fault) => {
    standIn.plan({ creates: [fault] });
    const asked = { name: `Voice ${fault}`, url: 'https://x.example/a.mp3', externalTaskId: `voice-${fault}` };
    const task = await createKlingVoice(client, asked);
    expect(await findCreatedVoice(client, task)).toMatchObject({ voice_name: asked.name });
  },
);

test('the material of an element is copied in the order it is built from', async () => {
  const create = { model_name: 'kling-v3', prompt: 'p', mode: 'std', external_task_id: 'material' };
  await client.call('/v1/videos/text2video', { body: create });
  const { data } = await client.call('/v1/videos/text2video/material');
  const { url } = (data as { task_result: { videos: [{ url: string }] } }).task_result.videos[0];
  const network = createNetwork({ allowAddresses: [parseAddressRange('127.0.0.0/8')] });
  const element = {
    ...(await readKlingElement(client, addElement('material'))),
    frontal_image: url,
    refer_images: [url],
  };
  const folder = await mkdtemp(join(tmpdir(), 'troupe-kling-'));
  const sources = await downloadKlingElement(element, folder, network.download, new AbortController().signal);
  await network.close();
  expect(sources.map(({ role, bytes }) => [role, bytes])).toEqual([
    ['frontal_image', 92_206],
    ['refer_image', 92_206],
  ]);
});
