import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type CallbackRefusal, CallbackVerificationError, verifyCallback } from './verify-callback.ts';

// Test vector of the Standard Webhooks reference libraries (Apache-2.0).
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const seconds = 1_614_265_330;
const body = '{"test": 2432232314}';
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const headers = { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signature };
const now = new Date(seconds * 1000);
const good = { secret, headers, body, now };

function sign(text: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${text}`).digest('base64')}`;
}

function reasonFor(change: Partial<Parameters<typeof verifyCallback>[0]>): CallbackRefusal | 'accepted' {
  try {
    verifyCallback({ ...good, ...change });
    return 'accepted';
  } catch (error) {
    expect(error).toBeInstanceOf(CallbackVerificationError);
    return (error as CallbackVerificationError).reason;
  }
}

describe('a callback is accepted', () => {
  test('with the published vector, and its id and time are returned', () => {
    expect(verifyCallback(good)).toEqual({ id, timestamp: now });
  });

  test('with the secret with or without its prefix', () => {
    expect(reasonFor({ secret: secret.slice('whsec_'.length) })).toBe('accepted');
  });

  test('with the body as bytes, or with an empty body', () => {
    expect(reasonFor({ body: Buffer.from(body) })).toBe('accepted');
    expect(reasonFor({ body: '', headers: { ...headers, 'webhook-signature': sign('') } })).toBe('accepted');
  });

  test('with header names in any case, or a Headers object', () => {
    const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect(reasonFor({ headers: upper })).toBe('accepted');
    expect(reasonFor({ headers: new Headers(headers) })).toBe('accepted');
  });

  test('when one of several signatures fits, whatever the others are', () => {
    const many = `v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,${signature.slice(3)} v1,AAAA nonsense ${signature}`;
    expect(reasonFor({ headers: { ...headers, 'webhook-signature': many } })).toBe('accepted');
  });

  test('when one of several secrets fits', () => {
    expect(reasonFor({ secret: ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', secret] })).toBe('accepted');
  });

  test.each([-300, 300])("%i s away from the receiver's clock", (offset) => {
    expect(reasonFor({ now: new Date((seconds + offset) * 1000) })).toBe('accepted');
  });
});

describe('a callback is refused', () => {
  test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s', (name) => {
    expect(reasonFor({ headers: { ...headers, [name]: undefined } })).toBe('missing_header');
    expect(reasonFor({ headers: { ...headers, [name]: '' } })).toBe('missing_header');
    expect(reasonFor({ headers: { ...headers, [name]: ['a', 'b'] } })).toBe('missing_header');
  });

  test.each([
    ['of other text', sign('{"test": 1}')],
    ['cut off', 'v1,'],
    ['too short', 'v1,g0hM9SsE'],
    ['too long', `${signature.slice(0, -1)}AAAA`],
    ['without its version', signature.slice(3)],
    ['of another version', `v2,${signature.slice(3)}`],
    ['that is no base64', 'v1,!!!!'],
  ])('with a signature %s', (_, wrong) => {
    expect(reasonFor({ headers: { ...headers, 'webhook-signature': wrong } })).toBe('wrong_signature');
  });

  test('when id, time or body were changed', () => {
    expect(reasonFor({ headers: { ...headers, 'webhook-id': 'msg_other' } })).toBe('wrong_signature');
    expect(reasonFor({ headers: { ...headers, 'webhook-timestamp': String(seconds + 1) } })).toBe('wrong_signature');
    expect(reasonFor({ body: body.replace(' ', '') })).toBe('wrong_signature');
  });

  test('with another secret', () => {
    expect(reasonFor({ secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' })).toBe('wrong_signature');
  });

  test.each(['', 'whsec_', '!!!'])('always, if the receiver\'s own secret is empty: "%s"', (empty) => {
    expect(reasonFor({ secret: empty })).toBe('bad_secret');
    expect(reasonFor({ secret: [secret, empty] })).toBe('bad_secret');
  });

  test('always, if the receiver has no secret at all', () => expect(reasonFor({ secret: [] })).toBe('bad_secret'));

  test('more than five minutes late or early, or beyond the tolerance that was asked for', () => {
    expect(reasonFor({ now: new Date((seconds + 301) * 1000) })).toBe('too_old');
    expect(reasonFor({ now: new Date((seconds - 301) * 1000) })).toBe('too_new');
    expect(reasonFor({ now: new Date((seconds + 11) * 1000), toleranceSeconds: 10 })).toBe('too_old');
    expect(reasonFor({ now: new Date() })).toBe('too_old');
  });

  test.each(['1614265330.5', '-1', 'now', '0x60380000', ' 1614265330', '99999999999999'])(
    'at the time "%s"',
    (text) => {
      expect(reasonFor({ headers: { ...headers, 'webhook-timestamp': text } })).toBe('bad_timestamp');
    },
  );
});
