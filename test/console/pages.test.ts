import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPages, type Pages } from '../../src/pages/index.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const log = pino({ level: 'silent' });
let pages: Pages;
let troupe: StartedTroupe;
beforeAll(async () => {
  pages = openPages({ root, packedFolder: `${root}none`, log });
  await pages.settled;
  troupe = await startTroupe({ pages, environment: { TROUPE_PUBLIC_URL: 'https://example.com/troupe' } });
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await pages?.close();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${troupe.url}${path}`, { headers });

test('every address below /console answers the page, with a new nonce each time and a policy that allows nothing else', async () => {
  const nonces = new Set<string>();
  for (const path of ['/console', '/console/', '/console/tasks/none', '/console/elements/1?x=1']) {
    const answer = await get(path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const html = await answer.text();
    const [, nonce = ''] = /'nonce-([\w-]{22})'/.exec(policy) ?? [];
    nonces.add(nonce);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(policy).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'`,
    );
    expect(html).toContain(`nonce="${nonce}"`);
    expect(html).not.toContain('{{nonce}}');
    expect(html.match(/<script(?![^>]*src=)/g), 'no script stands in the page itself').toBeNull();
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  }
  expect(nonces.size).toBe(4);
});

test('/docs leads to the documentation in the console, by a way that is right behind any path', async () => {
  for (const [path, location] of [
    ['/docs', 'console/docs'],
    ['/docs/', '../console/docs'],
    ['/docs?query=keys', 'console/docs'],
  ] as const) {
    const answer = await fetch(`${troupe.url}${path}`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')], path).toEqual([302, location]);
  }
  expect((await get('/docs/')).headers.get('content-security-policy')).toContain("script-src 'self'");
});

test('files of the pages lie behind the path of the public address, never change, and come in the smallest form that is taken', async () => {
  const html = await (await get('/console')).text();
  const [, path = ''] = /src="\/troupe(\/console\/assets\/[^"]+\.js)"/.exec(html) ?? [];
  expect(path).not.toBe('');
  for (const [accepted, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', null],
  ] as const) {
    const answer = await get(path, { 'accept-encoding': accepted });
    expect([accepted, answer.status, answer.headers.get('content-encoding')]).toEqual([accepted, 200, encoding]);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('vary')).toContain('Accept-Encoding');
    await answer.arrayBuffer();
  }
  expect((await get('/console/assets/none.js')).status).toBe(404);
  expect((await get('/console/assets/..%2findex.html')).status).toBe(404);
});

test('every part of Mantine that the pages show brings its styles', async () => {
  const state = pages.state();
  if (state.is !== 'ready') throw new Error(`the pages are ${state.is}`);
  const texts = (ending: string) =>
    [...state.files].filter(([name]) => name.endsWith(ending)).map(([, { bytes }]) => bytes.toString());
  const names = (text: string) => new Set(text.match(/\bm_[0-9a-f]{6,8}\b/g));
  const known = names(await readFile(`${root}node_modules/@mantine/core/styles.css`, 'utf8'));
  const shown = names(texts('.js').join('\n')).intersection(known);
  expect(shown.size).toBeGreaterThan(50);
  expect([...shown.difference(names(texts('.css').join('\n')))]).toEqual([]);
});

test('pages that can not be built leave the API working, and /console says what the build said', async () => {
  const broken = openPages({ root: `${root}docs/`, packedFolder: `${root}none`, log });
  await broken.settled;
  await using server = await startTroupe({ pages: broken });
  const answer = await fetch(`${server.url}/console`);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('The console could not be built');
  expect((await server.call('GET', '/v1/me')).status).toBe(200);
});
