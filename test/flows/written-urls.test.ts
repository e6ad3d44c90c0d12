import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe({ worker: true });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

test('an element whose URLs were pasted with white space around them is made like any other', async () => {
  const body = imageRequest(` ${origin.url('/duck.jpg')}\n`, [`\t${origin.url('/duck.jpg')} \r\n`]);
  const callback_url = ' https://receiver.example/hook\n';
  const { status, body: task } = await troupe.submit({ ...body, callback_url });
  expect(status).toBe(200);
  expect(await troupe.waitForEnd(task.id)).toMatchObject({ status: 'completed', usage: { credits_used: 1 } });
});
