import { expect, test } from 'vitest';
import { sendRaw } from '../helpers/send-raw.ts';
import { startTroupe } from '../helpers/start-troupe.ts';

const forwarded = {
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'troupe.example.com',
  'x-forwarded-for': '203.0.113.9, 198.51.100.7',
};
const findAddress = (log: string[]) => log.map((line) => JSON.parse(line)).findLast((line) => line.route)?.address;

test('a proxy of TROUPE_TRUST_PROXY tells who called, and how; its connections have no share of an address', async () => {
  const environment = {
    TROUPE_TRUST_PROXY: '127.0.0.1,198.51.100.0/24',
    TROUPE_HTTP_CONNECTIONS_PER_ADDRESS: '1',
    TROUPE_WRONG_KEYS_PER_MINUTE: '1',
  };
  await using troupe = await startTroupe({ environment });
  const calls = Array.from({ length: 30 }, () => troupe.call('GET', '/v1/models', { headers: forwarded }));
  expect(new Set((await Promise.all(calls)).map(({ status }) => status))).toEqual(new Set([200]));
  expect(findAddress(troupe.log)).toBe('203.0.113.9');
  const guess = (address: string) =>
    troupe.call('GET', '/v1/models', { key: 'sk-wrong', headers: { 'x-forwarded-for': address } });
  expect((await guess('203.0.113.1')).status).toBe(401);
  expect((await guess('203.0.113.1')).status).toBe(429);
  expect((await guess('203.0.113.2')).status).toBe(401);
  expect((await guess('2001:db8::1')).status).toBe(401);
  expect((await guess('2001:db8::2')).status).toBe(429);
  expect(troupe.log.filter((line) => line.includes('TROUPE_TRUST_PROXY'))).toEqual([]);
});

test('anybody else who says so is not believed, and one warning names the settings', async () => {
  await using troupe = await startTroupe();
  for (let at = 0; at < 3; at += 1) await troupe.call('GET', '/v1/models', { headers: forwarded });
  expect(findAddress(troupe.log)).toBe('127.0.0.1');
  const warnings = troupe.log.filter((line) => line.includes('TROUPE_TRUST_PROXY'));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('TROUPE_PUBLIC_URL');
});

test('the path of TROUPE_PUBLIC_URL is served, with and without it on the way, and named in the document', async () => {
  const publicUrl = 'https://example.com/troupe';
  await using troupe = await startTroupe({ environment: { TROUPE_PUBLIC_URL: `${publicUrl}/` } });
  for (const prefix of ['', '/troupe', '/troupe/']) {
    expect((await troupe.call('GET', `${prefix}/v1/models`)).status).toBe(200);
    const page = await fetch(`${troupe.url}${prefix}/docs`, { redirect: 'manual' });
    expect([page.status, page.headers.get('location')]).toEqual([302, 'docs/']);
    const docs = await troupe.call('GET', `${prefix}/docs/`);
    expect(docs.status).toBe(200);
    expect(docs.body).not.toMatch(/(?:href|src)="\//);
    expect((await troupe.call('GET', `${prefix}/docs/static/swagger-initializer.js`)).body).toContain("'./json'");
    const index = await fetch(`${troupe.url}${prefix}/docs/static/index.html`, { redirect: 'manual' });
    expect(index.headers.get('location')).toBe('../');
  }
  expect((await troupe.call('GET', '/troupes/v1/models')).status).toBe(404);
  for (const path of ['/openapi.json', '/troupe/openapi.json', '/docs/json']) {
    expect((await troupe.call('GET', path)).body.servers).toMatchObject([{ url: publicUrl }]);
  }
});

const preflight = { origin: 'https://app.example.com', 'access-control-request-method': 'POST' };

test('pages of TROUPE_CORS_ORIGINS may call, read answers and files; no other page', async () => {
  await using troupe = await startTroupe({ environment: { TROUPE_CORS_ORIGINS: 'https://app.example.com' } });
  const asked = await troupe.call('OPTIONS', '/v1/videos/generations', { key: null, headers: preflight });
  expect(asked.status).toBe(204);
  expect(asked.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  expect(asked.headers.get('access-control-allow-headers')).toContain('Authorization');
  for (const path of ['/v1/credits', '/files/1/a/b', '/v1/nothing', '/openapi.json']) {
    const answer = await troupe.call('GET', path, { headers: { origin: preflight.origin } });
    expect([path, answer.headers.get('access-control-allow-origin')]).toEqual([path, preflight.origin]);
    expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id');
    const other = await troupe.call('GET', path, { headers: { origin: 'https://evil.example.com' } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  }
  expect((await troupe.call('GET', '/v1/nothing')).status).toBe(404);
  const refused = await sendRaw(
    troupe.port,
    ['GET /%zz HTTP/1.1\r\nHost: x\r\nOrigin: https://app.example.com\r\n\r\n'],
    {
      answers: 1,
    },
  );
  expect(refused.statuses).toEqual([404]);
});

test('without TROUPE_CORS_ORIGINS no header of CORS is sent and a preflight is a method that is not there', async () => {
  await using troupe = await startTroupe();
  const asked = await troupe.call('OPTIONS', '/v1/videos/generations', { key: null, headers: preflight });
  expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([405, null]);
});
