import { describe, expect, test } from 'vitest';
import { parseExactJson, writeExactInteger } from '../../lib/exact-json.ts';
import { chooseFailureCode } from '../errors.ts';
import { chooseRefusalKind } from './codes.ts';
import { createCredential, signToken } from './credential.ts';
import { readTaskAnswer } from './read-answer.ts';
import { verifyKlingCallback } from './verify-callback.ts';

describe('integers', () => {
  test('beyond 2^53 are read as text, digit by digit; the others as numbers', () => {
    const text = '{"a":829836802793406551,"b":9007199254740991,"c":[-9007199254740993],"d":1.5,"e":"7"}';
    expect(parseExactJson(text)).toEqual({
      a: '829836802793406551',
      b: 9_007_199_254_740_991,
      c: ['-9007199254740993'],
      d: 1.5,
      e: '7',
    });
  });

  test('are written as they are, and nothing else is written raw', () => {
    expect(JSON.stringify({ id: writeExactInteger('8543454323444234222') })).toBe('{"id":8543454323444234222}');
    for (const bad of ['', '-1', '1e3', '01', '1,"x":2']) expect(() => writeExactInteger(bad)).toThrow();
  });
});

describe('tokens', () => {
  const keys = { accessKey: 'ak', secretKey: 'sk' };

  test('have the documented header and claims', () => {
    const [head = '', claims = ''] = signToken(keys, 1_700_000_000).split('.');
    expect(Buffer.from(head, 'base64url').toString()).toBe('{"alg":"HS256","typ":"JWT"}');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'ak',
      exp: 1_700_001_800,
      nbf: 1_699_999_995,
    });
  });

  test('are kept until a minute before their end', () => {
    let now = new Date('2026-01-01T00:00:00Z').getTime();
    const settings = { klingAccessKey: 'ak', klingSecretKey: 'sk', klingApiKey: undefined, klingAccount: undefined };
    const credential = createCredential(settings, { now: () => new Date(now) });
    const first = credential.authorize();
    now += 1_739_000;
    expect(credential.authorize()).toBe(first);
    now += 1_000;
    expect(credential.authorize()).not.toBe(first);
  });

  test('a fingerprint tells nothing of the key, and a named account outlives it', () => {
    const clock = { now: () => new Date() };
    const settings = { klingAccessKey: undefined, klingSecretKey: undefined, klingAccount: undefined };
    const open = (key: string, klingAccount?: string) =>
      createCredential({ ...settings, klingAccount, klingApiKey: key }, clock).fingerprint;
    expect(open('key one')).toMatch(/^[0-9a-f]{16}$/);
    expect(open('key one')).not.toBe(open('key two'));
    expect(open('key one', 'studio')).toBe(open('key two', 'studio'));
  });
});

test.each([
  [1000, 401, 'configuration'],
  [1003, 401, 'token'],
  [1101, 429, 'configuration'],
  [1102, 429, 'configuration'],
  [1302, 429, 'capacity'],
  [1303, 429, 'capacity'],
  [1304, 429, 'configuration'],
  [1301, 400, 'moderation'],
  [1201, 400, 'caller'],
  [5002, 504, 'transient'],
  [null, 502, 'transient'],
  [null, 429, 'capacity'],
  [null, 403, 'transient'],
  [null, 401, 'transient'],
  [null, 302, 'configuration'],
  [null, 404, 'configuration'],
  [null, 413, 'caller'],
  [1305, 429, 'configuration'],
  [1105, 429, 'configuration'],
  [1250, 400, 'caller'],
  [5003, 200, 'transient'],
  [7777, 400, 'transient'],
] as const)('code %s with status %s is %s', (code, status, kind) => {
  expect(chooseRefusalKind(code, status)).toBe(kind);
});

test.each([
  ['Failure to pass the risk control system', 'content_policy_violation'],
  ['The image resolution is too small', 'image_dimension_mismatch'],
  ['image download failed', 'image_processing_error'],
  ['duration is not supported', 'invalid_parameters'],
  ['No complete upper body of a person was found in the image', 'invalid_parameters'],
  ['no face detected', 'invalid_parameters'],
  ['未检测到人脸', 'invalid_parameters'],
  ['No faces found in the video', 'invalid_parameters'],
  ['Multiple faces in the reference image', 'invalid_parameters'],
  ['The face is blocked', 'invalid_parameters'],
  ['The character in the video is incomplete', 'invalid_parameters'],
  ['There are too many people', 'invalid_parameters'],
  ['The image is blurry', 'invalid_parameters'],
  ['Please upload a clear photo of the upper body', 'invalid_parameters'],
  ['The photo is too small', 'image_dimension_mismatch'],
  ['The generation was unsuccessful', 'generation_failed_no_content'],
  ['Internal error', 'service_error'],
  ['generation timed out', 'generation_timeout'],
  ['', 'generation_failed_no_content'],
])('a task that failed with %j fails as %s', (message, code) => {
  expect(chooseFailureCode(message)).toBe(code);
});

describe('tasks', () => {
  test.each(['succeed', 'succeeded', 'completed'])('%s means done', (task_status) => {
    expect(readTaskAnswer({ task_id: '1', task_status })?.status).toBe('succeeded');
  });

  test.each([
    [{ task_result: { elements: [{ element_id: '829836802793406551', element_type: 'video_character_elements' }] } }],
    [{ task_result: { element_id: '829836802793406551', reference_type: 'video_refer' } }],
    [{ task_result: { elements: [{ id: '829836802793406551', reference_type: 'video_refer' }] } }],
  ])('an element is found in %j', (shape) => {
    const [element] = readTaskAnswer({ task_id: 1, task_status: 'succeed', ...shape })?.elements ?? [];
    expect(element).toMatchObject({ element_id: '829836802793406551', reference_type: 'video_refer' });
  });

  test.each([null, 7, 'text', {}, { task_id: '1' }, { task_status: 'succeed' }, { task_id: '1', task_status: 'odd' }])(
    '%j is no task',
    (data) => {
      expect(readTaskAnswer(data)).toBeNull();
    },
  );
});

describe('callbacks', () => {
  // The vendor's own vector, from its page on callbacks.
  const secret = 'whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=';
  const other = 'whsec_b3RoZXJzZWNyZXRvdGhlcnNlY3JldG90aGVyc2VjcmU=';
  const body = Buffer.from(
    '{"id":"1234567890","status":"succeeded","message":"","create_time":1781080778802,"update_time":1781080794151}',
  );
  const headers = {
    'webhook-id': '9876543210',
    'webhook-timestamp': '1781080794',
    'webhook-signature': 'v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4=',
  };
  const at = (seconds: number) => new Date((1_781_080_794 + seconds) * 1000);

  test("the vendor's test vector verifies, by any of several secrets and among several signatures", () => {
    expect(verifyKlingCallback({ body, headers }, [secret], at(0))).toBe(true);
    expect(verifyKlingCallback({ body, headers }, [other, secret], at(0))).toBe(true);
    const signatures = `v1,AAAA v2,x ${headers['webhook-signature']}`;
    expect(
      verifyKlingCallback({ body, headers: { ...headers, 'webhook-signature': signatures } }, [secret], at(0)),
    ).toBe(true);
  });

  test.each([
    ['another secret', { headers, secrets: [other], seconds: 0 }],
    ['no secret', { headers, secrets: [], seconds: 0 }],
    ['more than five minutes later', { headers, secrets: [secret], seconds: 301 }],
    ['more than five minutes early', { headers, secrets: [secret], seconds: -301 }],
    ['another id', { headers: { ...headers, 'webhook-id': '1' }, secrets: [secret], seconds: 0 }],
    ['another time', { headers: { ...headers, 'webhook-timestamp': '1781080795' }, secrets: [secret], seconds: 0 }],
    ['no signature', { headers: { ...headers, 'webhook-signature': undefined }, secrets: [secret], seconds: 0 }],
  ])('nothing verifies with %s', (_, { headers, secrets, seconds }) => {
    expect(verifyKlingCallback({ body, headers }, secrets, at(seconds))).toBe(false);
  });

  test('a changed body does not verify', () => {
    const changed = Buffer.from(body.toString().replace('succeeded', 'failed'));
    expect(verifyKlingCallback({ body: changed, headers }, [secret], at(0))).toBe(false);
  });
});
