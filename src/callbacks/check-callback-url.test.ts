import { afterAll, describe, expect, test } from 'vitest';
import { createNetwork, type Network, parseAddressRange } from '../lib/safe-fetch/index.ts';
import { checkCallbackUrl } from './index.ts';

const answers: Record<string, readonly string[]> = {
  'public.example': ['1.1.1.1'],
  'inward.example': ['1.1.1.1', '10.0.0.1'],
};
const resolver = (hostname: string) => {
  const addresses = answers[hostname];
  return addresses === undefined ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(addresses);
};
const closed = createNetwork({ allowAddresses: [], resolver });
const opened = createNetwork({ allowAddresses: [parseAddressRange('127.0.0.0/8')], resolver });

afterAll(async () => {
  await closed.close();
  await opened.close();
});

/** The error's public fields, so that a test sees code, status, param and sentence at once. */
async function refusalOf(text: string, network = closed): Promise<object> {
  const error = await checkCallbackUrl(network, text).catch((reason) => reason);
  const { code, status, param, message } = error;
  return { code, status, param, message };
}

function refused(rule: string): object {
  return { code: 'invalid_request', status: 400, param: 'callback_url', message: `callback_url: ${rule}` };
}

describe('a callback URL is stored as it will be used', () => {
  test.each([
    ['https://public.example/hook?a=b#part', 'https://public.example/hook?a=b'],
    ['https://PUBLIC.example:8443', 'https://public.example:8443/'],
    ['https://not-yet-known.example/hook', 'https://not-yet-known.example/hook'],
  ])('%s', async (text, stored) => expect(await checkCallbackUrl(closed, text)).toBe(stored));
});

describe('400 invalid_request names callback_url, the rule and the measured value', () => {
  test.each([
    ['http://public.example/', 'must use https, uses http'],
    ['ftp://public.example/', 'must use https, uses ftp'],
    ['public.example/hook', 'must be an absolute URL like https://host/path'],
    ['https://user:pw@public.example/', 'must not carry a user name or password'],
    ['https://public.example:25/', 'must not use port 25, which belongs to another protocol'],
    ['https://127.0.0.1/', 'must not point to an internal address'],
    ['https://10.255.255.255/', 'must not point to an internal address'],
    ['https://172.31.0.1/', 'must not point to an internal address'],
    ['https://192.168.1.1/', 'must not point to an internal address'],
    ['https://[::ffff:10.0.0.1]/', 'must not point to an internal address'],
    ['https://localhost/', 'must not point to an internal address'],
    ['https://inward.example/', 'must not point to an internal address'],
  ])('%s', async (text, rule) => expect(await refusalOf(text)).toEqual(refused(rule)));

  test("2047 and 2048 characters pass, 2049 don't", async () => {
    const ofLength = (length: number) => `https://public.example/${'a'.repeat(length - 23)}`;
    expect(await checkCallbackUrl(closed, ofLength(2047))).toHaveLength(2047);
    expect(await checkCallbackUrl(closed, ofLength(2048))).toHaveLength(2048);
    expect(await refusalOf(ofLength(2049))).toEqual(refused('must have at most 2048 characters, has 2049'));
  });

  test('characters are counted as they are sent', async () => {
    const text = `https://public.example/${'é'.repeat(338)}`;
    expect(await checkCallbackUrl(closed, text.slice(0, -1))).toHaveLength(2045);
    expect(await refusalOf(text)).toEqual(refused('must have at most 2048 characters, has 2051'));
  });
});

test('an opened range admits local receivers and nothing else', async () => {
  expect(await checkCallbackUrl(opened, 'https://localhost:4443/')).toBe('https://localhost:4443/');
  expect(await checkCallbackUrl(opened, 'https://127.0.0.1:4443/')).toBe('https://127.0.0.1:4443/');
  expect(await refusalOf('https://inward.example/', opened)).toEqual(refused('must not point to an internal address'));
});

test("a name server that doesn't answer is no reason to refuse, and costs a second at most", async () => {
  const network = createNetwork({ allowAddresses: [], resolver: () => new Promise(() => {}) });
  const limits: number[] = [];
  const asked: Pick<Network, 'checkUrl' | 'checkHost'> = {
    checkUrl: network.checkUrl,
    checkHost: (url, limit) => {
      limits.push(limit.timeoutMs);
      return network.checkHost(url, limit);
    },
  };
  expect(await checkCallbackUrl(asked, 'https://slow.example/')).toBe('https://slow.example/');
  expect(limits).toEqual([1000]);
  await network.close();
});
