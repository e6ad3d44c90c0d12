import { expect, test } from 'vitest';
import { judgePublicUrl } from './judge-public-url.ts';

const official = 'https://api-singapore.klingai.com';

test.each([
  ['http://localhost:4600'],
  ['http://127.0.0.1:4600'],
  ['https://10.1.2.3'],
  ['https://192.168.0.10:8443/troupe'],
  ['https://[fd00::1]'],
  ['https://[::1]'],
  ['https://169.254.169.254'],
  ['https://troupe'],
  ['https://troupe.local'],
  ['https://troupe.internal'],
])('%s is out of reach of the official API, and said to be', (url) => {
  expect(judgePublicUrl(url, official)).toEqual({ isReachable: false, warning: expect.stringContaining(url) });
});

test('a server without an address says what it refuses', () => {
  const { isReachable, warning } = judgePublicUrl(undefined, official);
  expect([isReachable, warning]).toEqual([false, expect.stringContaining('TROUPE_PUBLIC_URL is not set')]);
});

test('https on a public name or address is fine, plain http is warned of', () => {
  for (const url of ['https://troupe.example.com', 'https://93.184.216.34/troupe']) {
    expect(judgePublicUrl(url, official)).toEqual({ isReachable: true, warning: null });
  }
  expect(judgePublicUrl('http://troupe.example.com', official)).toEqual({
    isReachable: true,
    warning: expect.stringContaining('https'),
  });
});

test('a stand-in on this machine reaches this machine', () => {
  expect(judgePublicUrl('http://127.0.0.1:4600', 'http://127.0.0.1:9')).toEqual({ isReachable: true, warning: null });
});
