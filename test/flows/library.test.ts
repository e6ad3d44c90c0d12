import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeElement, createClient, listElements, listElementUses } from '../../client/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { scriptVideoEngine } from '../helpers/script-video-engine.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;
let stranger: string;
let elementId: string;

beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe({ worker: true, videoEngine: scriptVideoEngine('local') });
  stranger = (await troupe.grant({ account: 'stranger', name: 'k' }, 5)).key;
  elementId = await makeElement('Zoë');
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function makeElement(element_name: string): Promise<string> {
  const request = imageRequest(origin.url('/duck.jpg'));
  const { body } = await troupe.submit({ ...request, model_params: { ...request.model_params, element_name } });
  return (await troupe.waitForEnd(body.id)).result_data.element_id;
}

const client = (key = troupe.key.key) => createClient({ baseUrl: troupe.url, key });
const patch = (body: unknown, key?: string) =>
  troupe.call('PATCH', `/v1/elements/${elementId}`, { body, ...(key === undefined ? {} : { key }) });

test('an element is found by its new words as soon as it is renamed, and keeps its id and its pictures', async () => {
  const before = (await troupe.call('GET', `/v1/elements/${elementId}`)).body;
  const after = await changeElement(client(), elementId, { element_description: 'A café owner', tags: ['Season 2'] });
  expect(after).toEqual({ ...before, element_description: 'A café owner', tags: ['Season 2'] });
  for (const query of ['?query=cafe', '?query=ZOE', '?tag=season%202', '?query=season&reference_type=image_refer']) {
    const { body } = await troupe.call('GET', `/v1/elements${query}`);
    expect(body.data.map((element: { element_id: string }) => element.element_id)).toEqual([elementId]);
  }
  expect((await listElements(client(stranger), { query: 'cafe' })).data).toEqual([]);
});

test('tags are taken away by an empty list, and nothing else by what is left out', async () => {
  await patch({ tags: ['a'] });
  expect((await patch({ tags: [] })).body).toMatchObject({ tags: [], element_description: 'A café owner' });
});

describe('a change is refused, and nothing is changed, for', () => {
  test.each<[string, unknown, RegExp]>([
    ['a name of 21 characters', { element_name: 'x'.repeat(21) }, /^element_name: 21 characters/],
    ['a blank name', { element_name: '  ' }, /^element_name: /],
    ['a description of 101 characters', { element_description: 'x'.repeat(101) }, /^element_description: 101/],
    ['21 tags', { tags: Array(21).fill('a') }, /^tags: 21 items/],
    ['an empty tag', { tags: ['a', ''] }, /^tags\[1\]: /],
    ['a misspelt field', { element_nam: 'Ann' }, /^element_nam: can not be changed here/],
    ['what can not be changed', { reference_type: 'video_refer' }, /^reference_type: can not be changed/],
    ['no field at all', {}, /^body: must hold at least one of element_name/],
    ['a list in the place of the fields', [], /^body: /],
  ])('%s', async (_, body, message) => {
    const before = (await troupe.call('GET', `/v1/elements/${elementId}`)).body;
    const answer = await patch(body);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'invalid_request']);
    expect(answer.body.error.message).toMatch(message);
    expect((await troupe.call('GET', `/v1/elements/${elementId}`)).body).toEqual(before);
  });

  test('somebody else, for whom it does not exist', async () => {
    expect((await patch({ element_name: 'Mine' }, stranger)).body.error.code).toBe('element_not_found');
  });
});

test('the tasks that named an element are listed newest first, page by page, for its owner alone', async () => {
  const video = {
    model: 'kling-o3-text-to-video',
    prompt: 'the <<<element_1>>> swims',
    duration: 5,
    model_params: { element_list: [{ element_id: elementId }] },
  };
  const made: string[] = [];
  for (let count = 0; count < 3; count++) made.push((await troupe.submit(video)).body.id);
  for (const id of made) await troupe.waitForEnd(id);
  const found: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listElementUses(client(), elementId, cursor === undefined ? { limit: 2 } : { limit: 2, cursor });
    found.push(...page.data.map(({ id }) => id));
    if (page.next_cursor === null) break;
    cursor = page.next_cursor;
  }
  expect(found).toEqual([...made].sort().reverse());
  expect((await troupe.call('GET', `/v1/elements/${elementId}/uses`, { key: stranger })).status).toBe(404);
});
