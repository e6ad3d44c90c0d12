import { expect, test } from 'vitest';
import { parseConfig, sections } from './config.ts';

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
