import { describe, expect, test } from 'vitest';
import { verifyCallback } from '../../client/verify-callback.ts';
import { createCallbackSecret } from '../accounts/key-text.ts';
import { signCallback } from './index.ts';

// Test vector of the Standard Webhooks reference libraries (Apache-2.0).
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const callback = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  body: '{"test": 2432232314}',
  sentAt: new Date(1_614_265_330_999),
};

test('the published vector gives the published signature', () => {
  expect(signCallback(callback, [secret])).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('while one secret replaces another, a receiver that knows either accepts', () => {
  const [older, newer, foreign] = [createCallbackSecret(), createCallbackSecret(), createCallbackSecret()];
  const headers: Record<string, string> = { ...signCallback(callback, [newer, older]) };
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
  const check = (known: string) =>
    verifyCallback({ secret: known, headers, body: callback.body, now: callback.sentAt });
  expect(check(older)).toEqual(check(newer));
  expect(() => check(foreign)).toThrow('no signature matches');
});

test('the signature covers id, time and every byte of the body', () => {
  const signatureOf = (change: Partial<typeof callback>) =>
    signCallback({ ...callback, ...change }, [secret])['webhook-signature'];
  const all = [
    {},
    { id: 'msg_2' },
    { sentAt: new Date(1_614_265_331_000) },
    { body: '{"test":2432232314}' },
    { body: '' },
  ];
  expect(new Set(all.map(signatureOf)).size).toBe(all.length);
});

describe('createCallbackSecret', () => {
  test('gives 32 random bytes in a form that signs', () => {
    const secrets = Array.from({ length: 100 }, createCallbackSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const one of secrets) {
      expect(Buffer.from(one.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
      signCallback(callback, [one]);
    }
  });
});

test.each([
  '',
  'whsec_',
  'whsec_c2hvcnQ=',
  `whsec_${'A'.repeat(88)}`,
  'whsec_!!!not base64 but long enough to be one###',
])("a secret that isn't 24 to 64 bytes of base64 is refused: %s", (bad) =>
  expect(() => signCallback(callback, [bad])).toThrow('a signing secret must be'),
);

test.each(['', 'a.b'])('an id that would blur the signed text is refused: "%s"', (id) => {
  expect(() => signCallback({ ...callback, id }, [secret])).toThrow('without a dot');
});
