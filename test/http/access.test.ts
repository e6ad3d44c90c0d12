import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roles } from '../../src/accounts/index.ts';
import { createApp } from '../../src/http/app.ts';
import type { Access } from '../../src/http/guard-routes.ts';
import type { Answer } from '../helpers/call.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

/** Every route with the least role that may call it. A new route gets a line here. */
const expected: Record<string, Access> = {
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'GET /metrics': 'admin',
  'GET /files/:expires/:signature/:name': 'open',
  'POST /v1/kling/callbacks': 'open',
  'POST /v1/session': 'open',
  'DELETE /v1/session': 'open',
  'GET /console': 'open',
  'GET /console/*': 'open',
  'POST /v1/videos/generations': 'caller',
  'POST /v1/images/generations': 'caller',
  'GET /v1/tasks': 'caller',
  'GET /v1/tasks/:task_id': 'caller',
  'POST /v1/tasks/:task_id/cancel': 'caller',
  'POST /v1/tasks/batch': 'caller',
  'GET /v1/tasks/:task_id/request': 'caller',
  'GET /v1/tasks/:task_id/callbacks': 'caller',
  'POST /v1/tasks/:task_id/callbacks/resend': 'caller',
  'POST /v1/callbacks/test': 'caller',
  'GET /v1/callbacks/given-up': 'caller',
  'GET /v1/callbacks/secrets': 'manager',
  'POST /v1/callbacks/secrets/rotate': 'manager',
  'GET /v1/tasks/:task_id/events': 'caller',
  'GET /v1/events': 'caller',
  'GET /v1/elements': 'caller',
  'GET /v1/elements/:element_id': 'caller',
  'GET /v1/elements/:element_id/files/:name': 'caller',
  'DELETE /v1/elements/:element_id': 'caller',
  'PATCH /v1/elements/:element_id': 'caller',
  'GET /v1/elements/:element_id/uses': 'caller',
  'GET /v1/elements/:element_id/export': 'caller',
  'POST /v1/elements/import': 'caller',
  'GET /v1/elements/:element_id/views/:view/cutout': 'caller',
  'POST /v1/elements/:element_id/views/:view/cutout/preview': 'caller',
  'PUT /v1/elements/:element_id/views/:view/cutout': 'caller',
  'DELETE /v1/elements/:element_id/views/:view/cutout': 'caller',
  'POST /v1/elements/:element_id/angles': 'caller',
  'POST /v1/elements/:element_id/angles/:task_id/choose': 'caller',
  'GET /v1/credits': 'caller',
  'GET /v1/models': 'caller',
  'GET /v1/me': 'caller',
  'GET /v1/keys': 'manager',
  'POST /v1/keys': 'manager',
  'GET /v1/keys/:key_id': 'manager',
  'PATCH /v1/keys/:key_id': 'manager',
  'DELETE /v1/keys/:key_id': 'manager',
  'GET /v1/usage': 'manager',
  'GET /v1/credits/transfers': 'manager',
  'GET /v1/elements/presets': 'caller',
  'GET /v1/voices': 'caller',
  'POST /v1/voices': 'admin',
  'DELETE /v1/voices/:voice_id': 'admin',
  'POST /v1/voices/:voice_id/grants': 'admin',
  'DELETE /v1/voices/:voice_id/grants': 'admin',
  'GET /v1/doctor': 'admin',
  'GET /v1/ledger/check': 'admin',
  'GET /v1/accounts': 'admin',
  'POST /v1/accounts': 'admin',
  'POST /v1/accounts/:account_id/credits': 'admin',
  'GET /v1/kling/status': 'admin',
  'GET /v1/kling/check': 'admin',
  'GET /v1/models/:model_id': 'caller',
  'GET /v1/catalog/models': 'open',
  'GET /v1/catalog/pricing': 'open',
  'POST /v1/agent-estimates': 'caller',
  'POST /mcp': 'caller',
  'DELETE /mcp': 'caller',
  'POST /v1/videos': 'caller',
  'GET /v1/videos': 'caller',
  'GET /v1/videos/:video_id': 'caller',
  'DELETE /v1/videos/:video_id': 'caller',
  'GET /v1/videos/:video_id/content': 'caller',
  'POST /v1/videos/characters': 'caller',
  'GET /v1/videos/characters/:character_id': 'caller',
  'POST /v1/videos/:video_id/remix': 'caller',
  'POST /v1/videos/edits': 'caller',
  'POST /v1/videos/extensions': 'caller',
  'POST /api/v1/files/upload/stream': 'caller',
  'POST /api/v1/files/upload/base64': 'caller',
  'POST /api/v1/files/upload/url': 'caller',
  'GET /api/v1/files/quota': 'caller',
  'GET /api/v1/files/list': 'caller',
  'DELETE /api/v1/files/:file_id': 'caller',
  'GET /api/v1/files/upload-receipts/:upload_id': 'caller',
  'GET /api/v1/files/download/:file_id': 'open',
};

/** The official Kling form, whose routes lie below `/kling` as well. */
const klingRoutes: Readonly<Record<string, Access>> = {
  ...Object.fromEntries(
    [
      '/v1/general/advanced-custom-elements',
      '/v1/videos/omni-video',
      '/v1/videos/image2video',
      '/v1/videos/text2video',
      '/v1/videos/motion-control',
      '/v1/images/omni-image',
      '/v1/general/ai-multi-shot',
    ].flatMap((path) => [`POST ${path}`, `GET ${path}`, `GET ${path}/:id`].map((name) => [name, 'caller' as const])),
  ),
  'POST /v1/general/delete-elements': 'caller',
  'POST /v1/general/delete-advanced-elements': 'caller',
  'GET /v1/general/advanced-presets-elements': 'caller',
  'GET /v1/general/presets-voices': 'caller',
  'GET /v1/general/custom-voices': 'caller',
  'GET /v1/general/custom-voices/:id': 'caller',
  'POST /v1/general/custom-voices': 'admin',
  'POST /v1/general/delete-voices': 'admin',
  'GET /account/costs': 'caller',
};
for (const [name, role] of Object.entries(klingRoutes)) {
  expected[name] = role;
  expected[name.replace(' ', ' /kling')] = role;
}
// Without the prefix it is the gateway's.
for (const name of ['POST ', 'GET ']) expected[`${name}/kling/v1/images/generations`] = 'caller';
expected['GET /kling/v1/images/generations/:id'] = 'caller';

let troupe: StartedTroupe;
let access: ReadonlyMap<string, Access>;
const keys = {} as Record<Role, string>;

beforeAll(async () => {
  troupe = await startTroupe({
    environment: {
      TROUPE_KLING_API_KEY: 'k',
      TROUPE_KLING_BASE_URL: 'http://127.0.0.1:9',
      TROUPE_WRONG_KEYS_PER_MINUTE: '1000000',
    },
  });
  const app = await createApp(troupe.context, troupe.config);
  await app.ready();
  access = app.access;
  await app.close();
  for (const role of roles) keys[role] = (await troupe.grant({ account: 'tester', name: role, role }, 0)).key;
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
});

test('every route declares who may call it, and the table of this test names each', () => {
  const declared = [...access].filter(([name]) => !name.startsWith('HEAD '));
  expect(Object.fromEntries(declared)).toEqual(expected);
});

/** What the forms call a missing or unknown key. */
function isStranger({ error, code }: Answer['body']): boolean {
  if (error === undefined) return code === 1000 || code === 1001;
  return ['unauthorized', 'invalid_api_key'].includes(error.data?.code ?? error.reason ?? error.code);
}

/** A path of nothing that is there. */
function fill(name: string): { method: string; path: string } {
  const [method = '', pattern = ''] = name.split(' ');
  const values: Record<string, string> = {
    task_id: 'task-unified-1757169743-8dxnm6yz',
    element_id: '4129876500123456',
    key_id: '900000',
    account_id: '900000',
  };
  return { method, path: pattern.replace(/:(\w+)/g, (_, field) => values[field] ?? 'x') };
}

describe.each(Object.entries(expected).filter(([, needed]) => needed !== 'open'))(
  '%s, for %s and above',
  (name, needed) => {
    const { method, path } = fill(name);
    const body = /^(POST|PUT|PATCH)/.test(method) ? {} : undefined;
    // An event stream would go on for ever.
    const headers: Record<string, string> = name.endsWith('/events') ? { 'last-event-id': 'none of ours' } : {};

    test('401 without a key and with an unknown one', async () => {
      for (const key of [null, 'sk-troupe000000000000000000000000000000000000']) {
        const answer = await troupe.call(method, path, { key, body });
        expect([answer.status, isStranger(answer.body)]).toEqual([401, true]);
      }
    });

    test.each(roles)(
      'as %s: 403 permission_denied below the role, else an answer of the route itself',
      async (role) => {
        const answer = await troupe.call(method, path, { key: keys[role], body, headers });
        const { code, error } = answer.body;
        const isDenied = answer.status === 403 && (error?.code === 'permission_denied' || code === 1103);
        expect(isDenied, JSON.stringify(answer.body)).toBe(roles.indexOf(role) < roles.indexOf(needed as Role));
        expect([401, 405, 500]).not.toContain(answer.status);
      },
    );
  },
);

test('what a role may not call is refused before its body is read', async () => {
  const guarded = Object.entries(expected).filter(
    ([name, needed]) => needed !== 'open' && /^(POST|PUT|PATCH)/.test(name),
  );
  for (const [name, needed] of guarded) {
    const { method, path } = fill(name);
    const key = needed === 'caller' ? null : keys.caller;
    const { status } = await troupe.call(method, path, { key, body: '{"broken' });
    expect([name, status]).toEqual([name, needed === 'caller' ? 401 : 403]);
  }
});
