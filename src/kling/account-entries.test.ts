import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { parseAccountEntries } from './account-entries.ts';
import { listAccounts } from './list-accounts.ts';

const secret = 'sk-never-to-be-told';
const text = (...entries: object[]) => JSON.stringify(entries);

test.each([
  ['no JSON', `[{"name": "a", "api_key": "${secret}"`, 'is no JSON'],
  ['no list', `{"name": "a", "api_key": "${secret}"}`, 'must be a JSON list'],
  ['no name', text({ api_key: secret }), 'account 1: name must be'],
  ['a name of other letters', text({ name: 'Ä b', api_key: secret }), 'account 1: name must be'],
  ['the name of the first', text({ name: 'default', api_key: secret }), 'is the account of TROUPE_KLING_API_KEY'],
  ['no key', text({ name: 'a' }), 'must have api_key, or access_key and secret_key'],
  ['half a pair', text({ name: 'a', secret_key: secret }), 'must have api_key, or access_key and secret_key'],
  [
    'both kinds of key',
    text({ name: 'a', api_key: secret, access_key: 'x', secret_key: 'y' }),
    'must have api_key, or',
  ],
  ['a key with spaces', text({ name: 'a', api_key: `${secret} x` }), 'api_key must be text without spaces'],
  ['a field nobody knows', text({ name: 'a', api_key: secret, [secret]: 1 }), 'has fields beside name, api_key'],
  ['an address that is none', text({ name: 'a', api_key: secret, base_url: secret }), 'base_url must be an http'],
  [
    'an address with a secret in it',
    text({ name: 'a', api_key: secret, base_url: `https://u:${secret}@x.example` }),
    'base_url must be',
  ],
  ['slots below 1', text({ name: 'a', api_key: secret, parallel_videos: 0 }), 'parallel_videos must be'],
  ['a name twice', text({ name: 'a', api_key: secret }, { name: 'a', api_key: 'x' }), "two accounts named 'a'"],
  ['a key twice', text({ name: 'a', api_key: secret }, { name: 'b', api_key: secret }), "the same key in 'a' and 'b'"],
])('refused with the rule, and without quoting a secret: %s', (_, value, rule) => {
  expect(() => parseAccountEntries(value)).toThrow(rule);
  try {
    parseConfig({ TROUPE_KLING_ACCOUNTS: value });
  } catch (error) {
    expect((error as Error).message).toContain('TROUPE_KLING_ACCOUNTS');
    expect((error as Error).message).not.toContain(secret);
  }
});

test("the settings of one account are the account 'default', before the others, which have what they don't name from them", () => {
  const { kling } = parseConfig({
    TROUPE_KLING_API_KEY: 'k1',
    TROUPE_KLING_PARALLEL_VIDEOS: '7',
    TROUPE_KLING_ACCOUNTS: text(
      { name: 'china', access_key: 'a', secret_key: 's', base_url: 'https://api-beijing.klingai.com' },
      { name: 'small', api_key: 'k2', parallel_videos: 2 },
    ),
  });
  expect(listAccounts(kling)).toMatchObject([
    { name: 'default', klingApiKey: 'k1', klingBaseUrl: 'https://api-singapore.klingai.com', klingParallelVideos: 7 },
    { name: 'china', klingAccessKey: 'a', klingBaseUrl: 'https://api-beijing.klingai.com', klingParallelVideos: 7 },
    { name: 'small', klingApiKey: 'k2', klingBaseUrl: 'https://api-singapore.klingai.com', klingParallelVideos: 2 },
  ]);
  expect(listAccounts(parseConfig({}).kling)).toEqual([]);
});
