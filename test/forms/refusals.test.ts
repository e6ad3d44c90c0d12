import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  StreamableHTTPClientTransport,
  type StreamableHTTPError,
} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentRefusal as presentGateway } from '../../src/http/forms/gateway/present-error.ts';
import { presentRefusal as presentKling } from '../../src/http/forms/kling/present-error.ts';
import { presentRefusal as presentMcp } from '../../src/http/forms/mcp/present-error.ts';
import { presentRefusal as presentOpenai } from '../../src/http/forms/openai/present-error.ts';
import { AppError, errorCodes } from '../../src/lib/errors.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

type Code = (typeof errorCodes)[number];
type Told = readonly [status: number, code: string | number];

/**
 * Every refusal in every form. In the gateway's form an error has its own status and code; of the others the status stands here, and the
 * code where it is another word: of the OpenAI videos form, and the vendor's number in the official Kling form. MCP has JSON-RPC's numbers under the
 * error's own status.
 */
const table: Readonly<Record<Code, { status: number; openai: Told; kling: Told; mcp: number }>> = {
  archive_refused: { status: 400, openai: [400, 'archive_refused'], kling: [400, 1200], mcp: -32600 },
  invalid_request: { status: 400, openai: [400, 'invalid_request'], kling: [400, 1200], mcp: -32600 },
  unauthorized: { status: 401, openai: [401, 'invalid_api_key'], kling: [401, 1000], mcp: -32000 },
  key_disabled: { status: 402, openai: [401, 'key_disabled'], kling: [401, 1000], mcp: -32000 },
  key_expired: { status: 402, openai: [401, 'key_expired'], kling: [401, 1004], mcp: -32000 },
  insufficient_quota: { status: 402, openai: [429, 'insufficient_quota'], kling: [429, 1102], mcp: -32000 },
  insufficient_token_quota: { status: 402, openai: [429, 'insufficient_quota'], kling: [429, 1102], mcp: -32000 },
  token_daily_quota_exceeded: { status: 402, openai: [429, 'insufficient_quota'], kling: [429, 1102], mcp: -32000 },
  model_access_denied: { status: 403, openai: [403, 'model_access_denied'], kling: [403, 1103], mcp: -32000 },
  permission_denied: { status: 403, openai: [403, 'permission_denied'], kling: [403, 1103], mcp: -32000 },
  model_not_found: { status: 404, openai: [404, 'model_not_found'], kling: [404, 1203], mcp: -32000 },
  engine_not_available: { status: 404, openai: [404, 'engine_not_available'], kling: [404, 1203], mcp: -32000 },
  not_found: { status: 404, openai: [404, 'not_found'], kling: [404, 1203], mcp: -32000 },
  method_not_allowed: { status: 405, openai: [405, 'method_not_allowed'], kling: [404, 1202], mcp: -32000 },
  invalid_task_id: { status: 400, openai: [400, 'invalid_task_id'], kling: [400, 1200], mcp: -32600 },
  task_not_found: { status: 404, openai: [404, 'task_not_found'], kling: [400, 1200], mcp: -32000 },
  element_not_found: { status: 404, openai: [404, 'element_not_found'], kling: [400, 1200], mcp: -32000 },
  element_file_not_found: { status: 404, openai: [404, 'element_file_not_found'], kling: [400, 1200], mcp: -32000 },
  view_not_found: { status: 404, openai: [404, 'view_not_found'], kling: [400, 1200], mcp: -32000 },
  revision_conflict: { status: 409, openai: [409, 'revision_conflict'], kling: [400, 1200], mcp: -32000 },
  file_not_found: { status: 404, openai: [404, 'file_not_found'], kling: [400, 1200], mcp: -32000 },
  file_quota_exceeded: { status: 409, openai: [409, 'file_quota_exceeded'], kling: [400, 1200], mcp: -32000 },
  link_expired: { status: 410, openai: [410, 'link_expired'], kling: [400, 1200], mcp: -32000 },
  request_forgotten: { status: 410, openai: [410, 'request_forgotten'], kling: [400, 1200], mcp: -32000 },
  task_not_cancellable: { status: 409, openai: [409, 'task_not_cancellable'], kling: [400, 1200], mcp: -32000 },
  callback_not_resendable: { status: 409, openai: [409, 'callback_not_resendable'], kling: [400, 1200], mcp: -32000 },
  too_many_secrets: { status: 409, openai: [409, 'too_many_secrets'], kling: [400, 1200], mcp: -32000 },
  idempotency_conflict: { status: 409, openai: [409, 'idempotency_conflict'], kling: [400, 1200], mcp: -32000 },
  rate_limit_exceeded: { status: 429, openai: [429, 'rate_limit_exceeded'], kling: [429, 1302], mcp: -32000 },
  service_unavailable: { status: 503, openai: [503, 'service_unavailable'], kling: [503, 5001], mcp: -32603 },
  paid_outcome_unknown: { status: 500, openai: [500, 'paid_outcome_unknown'], kling: [500, 5000], mcp: -32603 },
  internal_error: { status: 500, openai: [500, 'internal_error'], kling: [500, 5000], mcp: -32603 },
  image_processing_error: { status: 400, openai: [400, 'image_processing_error'], kling: [400, 1200], mcp: -32600 },
  image_dimension_mismatch: { status: 400, openai: [400, 'image_dimension_mismatch'], kling: [400, 1200], mcp: -32600 },
  invalid_parameters: { status: 400, openai: [400, 'invalid_parameters'], kling: [400, 1200], mcp: -32600 },
  content_policy_violation: { status: 400, openai: [400, 'content_policy_violation'], kling: [400, 1301], mcp: -32600 },
  generation_failed_no_content: {
    status: 502,
    openai: [502, 'generation_failed_no_content'],
    kling: [500, 5000],
    mcp: -32603,
  },
  generation_timeout: { status: 504, openai: [504, 'generation_timeout'], kling: [504, 5002], mcp: -32603 },
  service_error: { status: 502, openai: [502, 'service_error'], kling: [500, 5000], mcp: -32603 },
  resource_exhausted: { status: 503, openai: [503, 'resource_exhausted'], kling: [503, 5001], mcp: -32603 },
  request_cancelled: { status: 409, openai: [409, 'request_cancelled'], kling: [400, 1200], mcp: -32000 },
  account_not_found: { status: 404, openai: [404, 'account_not_found'], kling: [400, 1200], mcp: -32000 },
  key_not_found: { status: 404, openai: [404, 'key_not_found'], kling: [400, 1200], mcp: -32000 },
  resource_not_found: { status: 404, openai: [404, 'resource_not_found'], kling: [400, 1200], mcp: -32000 },
};

interface Bodies {
  error: {
    code: string | number;
    message: string;
    type?: string;
    param?: string | null;
    request_id?: string;
    data?: object;
  };
  code: number;
  message: string;
  request_id: string;
}

describe.each(errorCodes)('%s', (code) => {
  const { status, openai, kling, mcp } = table[code];
  const error = new AppError({ code, status, message: 'prompt: is too long', detail: 'secret detail' });
  const headers = { authorization: 'Bearer sk-x' };

  test('has its counterpart in the body of every form, with its words and the id of the request, and without what is for the log', () => {
    const told = {
      gateway: presentGateway(error, 'req_1'),
      openai: presentOpenai(error, 'req_1'),
      kling: presentKling(error, 'req_1', { headers }),
      mcp: presentMcp(error, 'req_1'),
    };
    const bodies = (form: keyof typeof told) => told[form].body as Bodies;
    expect([told.gateway.status, bodies('gateway').error.code]).toEqual([status, code]);
    expect([told.openai.status, bodies('openai').error.code]).toEqual(openai);
    expect([told.kling.status, bodies('kling').code]).toEqual(kling);
    expect([told.mcp.status, bodies('mcp').error.code, bodies('mcp').error.data]).toEqual([
      status,
      mcp,
      { code, request_id: 'req_1' },
    ]);
    for (const form of ['gateway', 'openai'] as const) {
      expect(bodies(form).error).toMatchObject({
        message: 'prompt: is too long',
        type: expect.any(String),
        request_id: 'req_1',
      });
    }
    expect(bodies('kling')).toMatchObject({ message: 'prompt: is too long', request_id: 'req_1' });
    expect(bodies('mcp').error.message).toBe('prompt: is too long');
    expect(JSON.stringify(told)).not.toContain('secret detail');
  });

  test('names a field in the official form as 1201 where it is the request that is wrong', () => {
    const named = new AppError({ code, status, param: 'prompt', message: 'prompt: is too long' });
    const { body } = presentKling(named, 'req_1', { headers }) as { body: Bodies };
    expect(body.code).toBe(kling[1] === 1200 ? 1201 : kling[1]);
  });
});

/** What is asked of every form in its own words. */
interface Video {
  prompt?: string;
  model?: string;
  seconds?: number;
  elementId?: string;
  callbackUrl?: string;
}

type Form = 'gateway' | 'openai' | 'kling' | 'mcp';
const forms: readonly Form[] = ['gateway', 'openai', 'kling', 'mcp'];

let troupe: StartedTroupe;
/** Takes one task at once of each key. */
let strict: StartedTroupe;
/** Lets a key have one unfinished task. */
let full: StartedTroupe;

beforeAll(async () => {
  const environment = { TROUPE_WRONG_KEYS_PER_MINUTE: '1000000' };
  troupe = await startTroupe({ environment });
  strict = await startTroupe({
    environment: {
      ...environment,
      TROUPE_KEY_REQUESTS_PER_MINUTE: '1',
      TROUPE_KEY_REQUESTS_BURST: '1',
      TROUPE_KEY_QUERIES_PER_MINUTE: '6000',
    },
  });
  full = await startTroupe({ environment: { ...environment, TROUPE_KEY_UNFINISHED_TASKS: '1' } });
});
afterAll(async () => {
  for (const one of [troupe, strict, full]) await one?.[Symbol.asyncDispose]();
});

const bodies: Readonly<Record<Exclude<Form, 'mcp'>, (video: Video) => [path: string, body: object]>> = {
  gateway: ({ prompt, model = 'kling-o3-text-to-video', seconds, elementId, callbackUrl }) => [
    '/v1/videos/generations',
    {
      model,
      prompt,
      duration: seconds,
      callback_url: callbackUrl,
      ...(elementId === undefined ? {} : { model_params: { element_list: [{ element_id: elementId }] } }),
    },
  ],
  openai: ({ prompt, model, seconds, elementId, callbackUrl }) => [
    '/v1/videos',
    {
      prompt,
      model,
      seconds,
      callback_url: callbackUrl,
      ...(elementId === undefined ? {} : { characters: [{ id: elementId }] }),
    },
  ],
  kling: ({ prompt, model, seconds, elementId, callbackUrl }) => [
    '/v1/videos/omni-video',
    {
      prompt,
      model_name: model,
      duration: seconds === undefined ? undefined : String(seconds),
      callback_url: callbackUrl,
      ...(elementId === undefined ? {} : { element_list: [{ element_id: elementId }] }),
    },
  ],
};

/** The same in tools; there is no `callback_url`. */
const toArguments = ({ prompt, model, seconds, elementId }: Video) => ({
  ...(prompt === undefined ? {} : { prompt }),
  ...(model === undefined ? {} : { model }),
  ...(seconds === undefined ? {} : { seconds }),
  ...(elementId === undefined ? {} : { element_ids: [elementId] }),
});

/** Status and code of an answer; a refusal of a tool has the status of an answer and its code in its words. */
async function ask(server: StartedTroupe, form: Form, key: string | null, video: Video): Promise<Told> {
  if (form === 'mcp') return await callTool(server, key, 'create_video', toArguments(video));
  const [path, body] = bodies[form](video);
  const answer = await server.call('POST', path, { key, body });
  return [answer.status, answer.body.error?.code ?? answer.body.code ?? answer.body.status];
}

async function callTool(server: StartedTroupe, key: string | null, name: string, args: object): Promise<Told> {
  const client = new Client({ name: 'test', version: '1' });
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  try {
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', server.url), { requestInit: { headers } }));
    const answer = await client.callTool({ name, arguments: args as Record<string, unknown> });
    const [{ text = '' } = {}] = answer.content as { text?: string }[];
    return [200, answer.isError === true ? (/\((\w+); /.exec(text)?.[1] ?? text) : 'done'];
  } catch (error) {
    const { data } = JSON.parse(/\{.*\}/s.exec((error as Error).message)?.[0] ?? '{}').error ?? {};
    return [(error as StreamableHTTPError).code ?? 0, data?.code];
  } finally {
    await client.close();
  }
}

/** A slow machine may let a second one through, whose time has come by then. */
async function askUntilRefused(server: StartedTroupe, form: Form, key: string): Promise<Told> {
  for (let turn = 0; turn < 20; turn += 1) {
    const told = await ask(server, form, key, fog);
    if (told[0] !== 200 || !['pending', 'queued', 0, 'done'].includes(told[1])) return told;
  }
  throw new Error('nothing was refused');
}

let keyCount = 0;
async function grant(server: StartedTroupe, credits: number, limits: object = {}): Promise<string> {
  keyCount += 1;
  const { key } = await server.grant({ account: `account ${keyCount}`, name: `key ${keyCount}`, ...limits }, credits);
  return key;
}

async function grantEnded(change: object): Promise<string> {
  const { key, key_id } = await troupe.grant({ account: 'ended', name: 'ended' }, 10);
  const set = Object.entries(change)[0] as [string, unknown];
  await troupe.database.db
    .updateTable('api_keys')
    .set({ [set[0]]: set[1] })
    .where('id', '=', key_id)
    .execute();
  return key;
}

const fog: Video = { prompt: 'Fog' };
const past = new Date('2026-01-01T00:00:00Z');

/** What is refused, and how each form tells it. */
const refusals: readonly [string, (form: Form) => Promise<Told>, Readonly<Record<Form, Told>>][] = [
  [
    'no key',
    (form) => ask(troupe, form, null, fog),
    {
      gateway: [401, 'unauthorized'],
      openai: [401, 'invalid_api_key'],
      kling: [401, 1001],
      mcp: [401, 'unauthorized'],
    },
  ],
  [
    "nobody's key",
    (form) => ask(troupe, form, 'sk-troupe000000000000000000000000000000000000', fog),
    {
      gateway: [401, 'unauthorized'],
      openai: [401, 'invalid_api_key'],
      kling: [401, 1000],
      mcp: [401, 'unauthorized'],
    },
  ],
  [
    'a disabled key',
    async (form) => ask(troupe, form, await grantEnded({ disabled_at: past }), fog),
    { gateway: [402, 'key_disabled'], openai: [401, 'key_disabled'], kling: [401, 1000], mcp: [402, 'key_disabled'] },
  ],
  [
    'an expired key',
    async (form) => ask(troupe, form, await grantEnded({ expires_at: past }), fog),
    { gateway: [402, 'key_expired'], openai: [401, 'key_expired'], kling: [401, 1004], mcp: [402, 'key_expired'] },
  ],
  [
    'an account without credits',
    async (form) => ask(troupe, form, await grant(troupe, 0), fog),
    {
      gateway: [402, 'insufficient_quota'],
      openai: [429, 'insufficient_quota'],
      kling: [429, 1102],
      mcp: [200, 'insufficient_quota'],
    },
  ],
  [
    'a key whose limit is used up',
    async (form) => ask(troupe, form, await grant(troupe, 100, { total_limit_microcredits: 1 }), fog),
    {
      gateway: [402, 'insufficient_token_quota'],
      openai: [429, 'insufficient_quota'],
      kling: [429, 1102],
      mcp: [200, 'insufficient_token_quota'],
    },
  ],
  [
    'a key whose day is used up',
    async (form) => ask(troupe, form, await grant(troupe, 100, { daily_limit_microcredits: 1 }), fog),
    {
      gateway: [402, 'token_daily_quota_exceeded'],
      openai: [429, 'insufficient_quota'],
      kling: [429, 1102],
      mcp: [200, 'token_daily_quota_exceeded'],
    },
  ],
  [
    'a model that the key may not use',
    async (form) => ask(troupe, form, await grant(troupe, 100, { allowed_models: ['kling-custom-element'] }), fog),
    {
      gateway: [403, 'model_access_denied'],
      openai: [403, 'model_access_denied'],
      kling: [403, 1103],
      mcp: [200, 'model_access_denied'],
    },
  ],
  [
    'a model that is none',
    async (form) => ask(troupe, form, await grant(troupe, 100), { ...fog, model: 'kling-v0' }),
    {
      gateway: [404, 'model_not_found'],
      openai: [404, 'model_not_found'],
      kling: [404, 1203],
      mcp: [200, 'model_not_found'],
    },
  ],
  [
    'no prompt',
    async (form) => ask(troupe, form, await grant(troupe, 100), {}),
    {
      gateway: [400, 'invalid_request'],
      openai: [400, 'invalid_request'],
      kling: [400, 1201],
      mcp: [200, 'invalid_request'],
    },
  ],
  [
    'a length that the model has not',
    async (form) => ask(troupe, form, await grant(troupe, 100), { ...fog, seconds: 99 }),
    {
      gateway: [400, 'invalid_request'],
      openai: [400, 'invalid_request'],
      kling: [400, 1201],
      mcp: [200, 'invalid_request'],
    },
  ],
  [
    'an element that is none',
    async (form) => ask(troupe, form, await grant(troupe, 100), { ...fog, elementId: '4129876500123456' }),
    {
      gateway: [400, 'invalid_request'],
      openai: [400, 'invalid_request'],
      kling: [400, 1201],
      mcp: [200, 'invalid_request'],
    },
  ],
  [
    'tasks that come too fast',
    async (form) => {
      const key = await grant(strict, 1000);
      return await askUntilRefused(strict, form, key);
    },
    {
      gateway: [429, 'rate_limit_exceeded'],
      openai: [429, 'rate_limit_exceeded'],
      kling: [429, 1302],
      mcp: [200, 'rate_limit_exceeded'],
    },
  ],
  [
    'too many unfinished tasks',
    async (form) => {
      const key = await grant(full, 1000);
      return await askUntilRefused(full, form, key);
    },
    {
      gateway: [429, 'rate_limit_exceeded'],
      openai: [429, 'rate_limit_exceeded'],
      kling: [429, 1303],
      mcp: [200, 'rate_limit_exceeded'],
    },
  ],
  [
    'a task that is none',
    async (form) => {
      const id = 'task-unified-1-none';
      const { key } = troupe.key;
      if (form === 'mcp') return await callTool(troupe, key, 'get_task', { task_id: id });
      const folder = { gateway: '/v1/tasks', openai: '/v1/videos', kling: '/v1/videos/omni-video' }[form];
      const { status, body } = await troupe.call('GET', `${folder}/${id}`);
      return [status, body.error?.code ?? body.code];
    },
    {
      gateway: [404, 'task_not_found'],
      openai: [404, 'task_not_found'],
      kling: [400, 1201],
      mcp: [200, 'task_not_found'],
    },
  ],
  [
    'a body that is no JSON',
    async (form) => {
      const path = {
        gateway: '/v1/videos/generations',
        openai: '/v1/videos',
        kling: '/v1/videos/omni-video',
        mcp: '/mcp',
      }[form];
      const { status, body } = await troupe.call('POST', path, { body: '{' });
      return [status, body.error?.data?.code ?? body.error?.code ?? body.code];
    },
    {
      gateway: [400, 'invalid_request'],
      openai: [400, 'invalid_request'],
      kling: [400, 1201],
      mcp: [400, 'invalid_request'],
    },
  ],
  [
    'a method that is none',
    async (form) => {
      const path = {
        gateway: '/v1/videos/generations',
        openai: '/v1/videos',
        kling: '/v1/videos/omni-video',
        mcp: '/mcp',
      }[form];
      const { status, body } = await troupe.call('PUT', path, { body: {} });
      return [status, body.error?.data?.code ?? body.error?.code ?? body.code];
    },
    {
      gateway: [405, 'method_not_allowed'],
      openai: [405, 'method_not_allowed'],
      kling: [404, 1202],
      mcp: [405, 'method_not_allowed'],
    },
  ],
];

describe.each(refusals)('%s', (_, refuse, told) => {
  test.each(forms)('is refused in the %s form with its own status and code, and makes no task of it', async (form) => {
    expect(await refuse(form)).toEqual(told[form]);
  });
});

test('of all that was refused no task was made', async () => {
  expect(await troupe.database.db.selectFrom('tasks').select('id').execute()).toEqual([]);
});
