import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createLocalAuthority } from '../../../test/helpers/local-tls.ts';
import { startForwardProxy } from '../../../test/helpers/start-forward-proxy.ts';
import { startHttp, startHttps } from '../../../test/helpers/start-server.ts';

import { createNetwork, type Network, type NetworkOptions, parseAddressRange, parseProxies } from './index.ts';

const authority = createLocalAuthority();
const certificate = authority.issue({ names: ['a.example', 'proxy.example', '127.0.0.1'] });
const post = { method: 'POST', headers: {}, body: 'hello', timeoutMs: 20_000 } as const;

const open: Network[] = [];
afterEach(async () => {
  for (const network of open.splice(0)) await network.close();
});

/** A network that can look nothing up itself, as where the proxy is the only way out. */
function openNetwork(environment: Record<string, string>, options: Partial<NetworkOptions> = {}): Network {
  const resolver = async () => {
    throw new Error('ENOTFOUND');
  };
  const proxies = parseProxies(environment);
  const network = createNetwork({ allowAddresses: [], ca: [authority.ca], resolver, proxies, ...options });
  open.push(network);
  return network;
}

describe('which proxy leads where', () => {
  const environment = {
    HTTPS_PROXY: 'http://user:p%40ss@proxy:3128',
    http_proxy: 'proxy:8080',
    NO_PROXY: 'direct.example, .below.example,10.0.0.0/8,1.2.3.4:81 *.star.example,[2001:4860::1],port.example:8443',
  };
  const choose = (url: string) => {
    const { protocol, hostname, port } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    return parseProxies(environment).choose(protocol as 'https:', host, Number(port || 443))?.origin ?? 'direct';
  };

  test.each([
    ['https://a.example/', 'http://proxy:3128'],
    ['http://a.example/', 'http://proxy:8080'],
    ['https://direct.example/', 'direct'],
    ['https://x.direct.example/', 'direct'],
    ['https://indirect.example/', 'http://proxy:3128'],
    ['https://x.below.example/', 'direct'],
    ['https://x.star.example/', 'direct'],
    ['https://10.1.2.3/', 'direct'],
    ['https://11.1.2.3/', 'http://proxy:3128'],
    ['https://1.2.3.4:81/', 'direct'],
    ['https://1.2.3.4/', 'http://proxy:3128'],
    ['https://[2001:4860::1]/', 'direct'],
    ['https://port.example:8443/', 'direct'],
    ['https://port.example/', 'http://proxy:3128'],
    ['https://localhost/', 'direct'],
    ['https://127.0.0.1/', 'direct'],
    ['https://[::1]/', 'direct'],
    ['https://metadata.google.internal/', 'direct'],
    ['https://intranet/', 'direct'],
  ])('%s goes by %s', (url, way) => {
    expect(choose(url)).toBe(way);
  });

  test('with * in NO_PROXY, or no proxy for a scheme, the way is direct', () => {
    expect(parseProxies({ HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }).choose('https:', 'a.example', 443)).toBeNull();
    expect(parseProxies({ HTTPS_PROXY: 'http://p:1' }).choose('http:', 'a.example', 80)).toBeNull();
  });

  test('what is no proxy is refused by its rule, and a password is never told', () => {
    expect(() => parseProxies({})).toThrow('needs HTTPS_PROXY or HTTP_PROXY, and neither is set');
    expect(() => parseProxies({ HTTPS_PROXY: 'socks5://p:1' })).toThrow(
      'HTTPS_PROXY must be an http:// or https:// proxy, is one of socks5://',
    );
    const wrong = (() => {
      try {
        parseProxies({ HTTP_PROXY: 'http://user:secret@p:port' });
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(wrong).toMatch(/^HTTP_PROXY must be an address like/);
    expect(wrong).not.toContain('secret');
  });
});

describe('with a proxy as the only way out', () => {
  test('an https URL is reached through a tunnel, and its certificate is still the one that is checked', async () => {
    await using server = await startHttps(certificate, (_, response) => response.end('ok'));
    const hosts = { 'a.example': server.port, 'other.example': server.port };
    await using proxy = await startForwardProxy({ hosts, credentials: 'user:p%40ss' });
    await using withTls = await startForwardProxy({ hosts, certificate });
    const network = openNetwork({ HTTPS_PROXY: proxy.url.replace('p%40ss', 'p%2540ss') });
    expect(await network.send('https://a.example/x', post)).toMatchObject({ outcome: 'answered', status: 200 });
    expect(proxy.asked).toEqual(['CONNECT a.example:443']);
    const other = await network.send('https://other.example/', post);
    expect(other).toMatchObject({ outcome: 'tls_failed', timing: { sent_ms: null } });
    const tlsNetwork = openNetwork({ HTTPS_PROXY: withTls.url });
    expect(await tlsNetwork.send('https://a.example/', post)).toMatchObject({ outcome: 'answered', status: 200 });
  });

  test('a download is fetched through it, over http by its whole URL, redirects included', async () => {
    await using secure = await startHttps(certificate, (_, response) => response.end('the bytes'));
    await using server = await startHttp((_, response) =>
      response.writeHead(302, { location: 'https://a.example/file' }).end(),
    );
    const hosts = { 'a.example': secure.port, 'b.example': server.port };
    await using proxy = await startForwardProxy({ hosts, credentials: 'u:p' });
    await using folder = await mkdtempDisposable(join(tmpdir(), 'troupe-proxy-'));
    const path = join(folder.path, 'file');
    const network = openNetwork({ HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url });
    const got = await network.download('http://b.example/a?b=c', { path, bytesMax: 100, timeoutMs: 20_000 });
    expect(got).toMatchObject({ bytes: 9, final_host: 'a.example' });
    expect(await readFile(path, 'utf8')).toBe('the bytes');
    expect(proxy.asked).toEqual(['GET http://b.example/a?b=c', 'CONNECT a.example:443']);
  });

  test.each([
    'https://10.0.0.1/',
    'https://169.254.169.254/',
    'https://[fd00::1]/',
    'https://metadata.google.internal/',
    'https://localhost/',
    'https://intranet/',
  ])('%s is refused as without one, and the proxy is not asked', async (url) => {
    await using proxy = await startForwardProxy();
    const network = openNetwork({ HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url });
    expect(await network.send(url, post)).toMatchObject({ outcome: 'refused_address' });
    expect(await network.checkHost(new URL(url), { timeoutMs: 5_000 })).toBe('refused');
    expect(proxy.asked).toEqual([]);
  });

  test('a name that nobody here can look up is allowed at submission', async () => {
    const network = openNetwork({ HTTPS_PROXY: 'http://127.0.0.1:9' });
    expect(await network.checkHost(new URL('https://a.example/'), { timeoutMs: 5_000 })).toBe('allowed');
  });

  test.each([403, 407, 502])(
    'a CONNECT refused with %i is a connection that failed: nothing was sent',
    async (status) => {
      await using proxy = await startForwardProxy({ refuseWith: status });
      const sent = await openNetwork({ HTTPS_PROXY: proxy.url }).send('https://a.example/', post);
      expect(sent).toMatchObject({ outcome: 'connect_failed', timing: { sent_ms: null } });
      expect(sent.detail).toContain(`answered CONNECT with ${status}`);
    },
  );

  test('a proxy that is away is named, without its password', async () => {
    const sent = await openNetwork({ HTTPS_PROXY: 'http://u:secret@127.0.0.1:4' }).send('https://a.example/', post);
    expect(sent).toMatchObject({ outcome: 'connect_failed', detail: expect.stringContaining('http://127.0.0.1:4') });
    expect(sent.detail).not.toContain('secret');
  });
});

describe('where every name has a fake address', () => {
  const fake = async () => ['198.18.0.7'];
  const openFake = (options: Partial<NetworkOptions> = {}) => {
    const network = createNetwork({ allowAddresses: [], resolver: fake, ...options });
    open.push(network);
    return network;
  };

  test('a refusal names the setting that lets names have such addresses, for the log', async () => {
    const refused: string[] = [];
    const network = openFake({ onRefused: (why) => refused.push(why) });
    const sent = await network.send('https://a.example/', post);
    expect(sent).toMatchObject({ outcome: 'refused_address' });
    expect(sent.detail).toContain('TROUPE_FAKE_ADDRESSES=198.18.0.0/15');
    expect(refused).toEqual([sent.detail]);
  });

  test('with the setting names are dialled, and addresses and names of a network stay refused', async () => {
    await using server = await startHttps(certificate, (_, response) => response.end());
    const answered = { fakeAddresses: [parseAddressRange('127.0.0.0/8')], ca: [authority.ca] };
    const network = openFake({ ...answered, resolver: async () => ['127.0.0.1'] });
    const url = `https://a.example:${server.port}/`;
    expect(await network.checkHost(new URL(url), { timeoutMs: 5_000 })).toBe('allowed');
    expect((await network.send(url, post)).outcome).toBe('answered');
    for (const inside of ['https://127.0.0.1/', 'https://metadata.google.internal/', 'https://localhost/']) {
      expect((await network.send(inside, post)).outcome).toBe('refused_address');
    }
    const mixed = openFake({ ...answered, resolver: async () => ['127.0.0.1', '10.0.0.1'] });
    expect((await mixed.send(url, post)).outcome).toBe('refused_address');
  });
});

test('the log names what opens an address of this machine or of a private network', async () => {
  const refused: string[] = [];
  const network = createNetwork({
    allowAddresses: [],
    listOwnAddresses: () => ['93.184.216.34'],
    onRefused: (why: string) => refused.push(why),
    resolver: async (name) => [name === 'own.example' ? '93.184.216.34' : '10.0.0.1'],
  });
  open.push(network);
  await network.send('https://own.example/', post);
  await network.send('https://inside.example/', post);
  network.checkUrl('https://93.184.216.34/', { schemes: ['https'], lengthMax: 100 });
  const own = '93.184.216.34 is an address of this machine; TROUPE_ALLOW_ADDRESSES=93.184.216.34/32 opens it';
  expect(refused).toEqual([
    `own.example: ${own}`,
    'inside.example: 10.0.0.1 is not of the public internet; TROUPE_ALLOW_ADDRESSES=10.0.0.1/32 opens it',
    `93.184.216.34: ${own}`,
  ]);
});
