import { expect, test } from 'vitest';
import { listUnknownSettings, parseConfig, sections } from './config.ts';

test('nothing needs to be set: a newcomer gets the documented defaults', () => {
  const config = parseConfig({});
  expect(config).toMatchObject({
    dataFolder: '.troupe',
    databaseUrl: undefined,
    databaseDirectUrl: undefined,
    starterMicrocredits: 1_000_000_000,
    failpoint: undefined,
    http: { host: '127.0.0.1', port: 4600 },
    safeFetch: { allowAddresses: [] },
    engines: { elementEngine: undefined, videoEngine: undefined, engineByModel: [] },
    models: { priceKlingCustomElement: 1_000_000 },
  });
});

test('all mistakes of all rooms are told at once', () => {
  const environment = {
    PORT: '99999',
    TROUPE_LOG_LEVEL: 'loud',
    TROUPE_ALLOW_ADDRESSES: '10.0.0.0/99',
    TROUPE_STARTER_CREDITS: '-1',
  };
  let message = '';
  try {
    parseConfig(environment);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toContain('4 mistake(s)');
  for (const env of Object.keys(environment)) expect(message).toContain(`  ${env} `);
});

test('no variable is declared twice, every setting is described, and what is shown of a default reads back as it', () => {
  const settings = Object.values(sections).flatMap((section) => Object.values(section));
  const names = settings.map(({ env }) => env);
  expect(new Set(names).size).toBe(names.length);
  for (const setting of settings) {
    expect(setting.env).toMatch(/^[A-Z][A-Z0-9_]*$/);
    expect(setting.describe.length).toBeGreaterThan(10);
    const shown = setting.show(setting.fallback as never);
    if (shown !== '') expect(setting.parse(shown), setting.env).toEqual(setting.fallback);
  }
});

test.each([
  ['TROUPE_LOGLEVEL', 'TROUPE_LOG_LEVEL'],
  ['TROUPE_BUILD_SLOT', 'TROUPE_BUILD_SLOTS'],
  ['TROUPE_DATADIR', 'TROUPE_DATA_DIR'],
  ['TROUPE_DATABASE_URL', 'DATABASE_URL'],
])('a misspelt setting is a mistake that names the right one: %s', (env, right) => {
  expect(() => parseConfig({ [env]: 'x' })).toThrow(`  ${env} is no setting; did you mean ${right}?`);
});

test("what is near no setting, the client's own and what Kubernetes sets for a service of this name stop no start", () => {
  const foreign = {
    TROUPE_URL: 'http://127.0.0.1:4600',
    TROUPE_API_KEY: 'sk-x',
    TROUPE_SERVICE_HOST: '10.0.0.1',
    TROUPE_SERVICE_PORT: '4600',
    TROUPE_SERVICE_PORT_HTTP: '4600',
    TROUPE_PORT: 'tcp://10.0.0.1:4600',
    TROUPE_PORT_4600_TCP_ADDR: '10.0.0.1',
  };
  expect(parseConfig({ ...foreign, TROUPE_TINT_OF_THE_LOGO: 'red' }).http.port).toBe(4600);
  expect(listUnknownSettings({ ...foreign, TROUPE_TINT_OF_THE_LOGO: 'red' })).toEqual(['TROUPE_TINT_OF_THE_LOGO']);
});

test.each([
  'garbage',
  'mysql://u:secret@127.0.0.1:3306/x',
  'host=127.0.0.1 password=secret',
  'postgres://u:secret@127.0.0.1:99999/x',
  'postgres://u:secret@127.0.0.1:abc/x',
  'postgres://u:sec#ret@127.0.0.1:5432/x',
  'postgres://u:sec/ret@127.0.0.1:5432/x',
])('an address of the database that can be none is told without what stands in it: %s', (url) => {
  const read = () => parseConfig({ DATABASE_URL: url });
  expect(read).toThrow(/1 mistake\(s\):\n {2}DATABASE_URL (must begin with|can't be read as) postgres:/);
  expect(read).not.toThrow(/sec.?ret/);
});

test.each([
  'postgres://u:p@127.0.0.1:5432/x',
  'postgresql://u:p%23p@[::1]/x?sslmode=require',
  'postgres:///x?host=/var/run/postgresql',
])('any address that PostgreSQL is reached by is taken: %s', (url) => {
  expect(parseConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
});

test.each<[Record<string, string>, string]>([
  [{ TROUPE_KLING_ACCESS_KEY: 'ak' }, 'TROUPE_KLING_SECRET_KEY is missing beside TROUPE_KLING_ACCESS_KEY'],
  [{ TROUPE_KLING_SECRET_KEY: 'sk' }, 'TROUPE_KLING_ACCESS_KEY is missing beside TROUPE_KLING_SECRET_KEY'],
  [{ TROUPE_S3_ACCESS_KEY: 'ak' }, 'TROUPE_S3_SECRET_KEY is missing beside TROUPE_S3_ACCESS_KEY'],
  [{ TROUPE_KLING_BASE_URL: 'api-singapore.klingai.com' }, 'TROUPE_KLING_BASE_URL must be an http or https URL'],
  [
    { TROUPE_VIDEO_WIDTH_MIN_PX: '3000' },
    'TROUPE_VIDEO_WIDTH_MIN_PX is 3000, must be at most TROUPE_VIDEO_WIDTH_MAX_PX',
  ],
  [
    { TROUPE_ENGINE_BY_MODEL: 'kling-o9=kling' },
    "TROUPE_ENGINE_BY_MODEL names the model 'kling-o9', which isn't there",
  ],
  [
    { TROUPE_ENGINE_BY_MODEL: 'kling-custom-element=animatic' },
    'must name one of local, kling, nothing for kling-custom-element',
  ],
  [
    { TROUPE_ENGINE_BY_MODEL: 'kling-o3-text-to-video=local' },
    'must name one of animatic, kling for kling-o3-text-to-video',
  ],
  [{ TROUPE_ENGINE_BY_MODEL: 'kling' }, "must be pairs like model=engine, has 'kling'"],
])('settings that contradict each other, or are half of a pair, stop the start: %j', (environment, words) => {
  expect(() => parseConfig(environment)).toThrow(words);
});

test('an API key needs no pair, and a whole pair is taken', () => {
  const pair = { TROUPE_KLING_ACCESS_KEY: 'ak', TROUPE_KLING_SECRET_KEY: 'sk' };
  expect(parseConfig(pair).kling.klingSecretKey).toBe('sk');
  expect(parseConfig({ TROUPE_KLING_API_KEY: 'k', TROUPE_KLING_ACCESS_KEY: 'ak' }).kling.klingApiKey).toBe('k');
});
