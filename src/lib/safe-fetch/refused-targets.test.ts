import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { measureGrowth } from '../../../test/helpers/measure-growth.ts';
import { spellAddress } from '../../../test/helpers/spell-address.ts';
import { startDns } from '../../../test/helpers/start-dns.ts';
import { type StartedServer, startHttp } from '../../../test/helpers/start-server.ts';
import {
  type AddressRange,
  createNetwork,
  createResolver,
  type Network,
  parseAddressRange,
  type Resolver,
} from './index.ts';

let canary: StartedServer;
let folder: string;
const networks: Network[] = [];
/** Of this machine like the canary's address, but nothing listens there: stands for a public one. */
const elsewhere = '127.0.0.2';

beforeAll(async () => {
  canary = await startHttp((_, response) => response.end('caught'));
  folder = await mkdtemp(join(tmpdir(), 'safe-fetch-'));
});

afterAll(async () => {
  await Promise.all(networks.map((network) => network.close()));
  await canary[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function openNetwork(resolver?: Resolver, allowAddresses: readonly AddressRange[] = []): Network {
  const network = createNetwork({ allowAddresses, ...(resolver && { resolver }) });
  networks.push(network);
  return network;
}

const post = { method: 'POST', headers: {}, body: '{}', timeoutMs: 1_000, schemes: ['http', 'https'] } as const;

/** Tries both ways out; answers the outcome of sending and the code of downloading. */
async function tryBoth(network: Network, url: string): Promise<[string, string]> {
  const sent = await network.send(url, post);
  const path = join(folder, 'file');
  const code = await network.download(url, { path, bytesMax: 1_000, timeoutMs: 1_000 }).then(
    () => 'downloaded',
    (error) => error.code,
  );
  return [sent.outcome, code];
}

describe('internal targets get no connection', () => {
  let acceptedBefore: number;
  beforeEach(() => {
    acceptedBefore = canary.accepted();
    return () => expect(canary.accepted() - acceptedBefore).toBe(0);
  });

  test('in any spelling of an internal address', async () => {
    const network = openNetwork();
    const hosts = ['127.0.0.1', '0.0.0.0', '169.254.169.254', '10.0.0.1', '192.168.0.1'].flatMap(spellAddress);
    expect(hosts.length).toBeGreaterThan(5_000);
    const urls = hosts.map((host) => `http://${host}:${canary.port}/`);
    const isAccepted = (url: string) => network.checkUrl(url, { schemes: ['http'], lengthMax: 2048 }).ok;
    expect(urls.filter(isAccepted)).toEqual([]);
    // Judging an address costs little beside parsing it, which cost a twentieth of a millisecond at most.
    const parseAll = () => urls.filter((url) => URL.canParse(url));
    expect(measureGrowth(parseAll, () => urls.filter(isAccepted), 100)).toBeLessThan(100);
    for (const host of hosts.slice(0, 300)) {
      const [outcome, code] = await tryBoth(network, `http://${host}:${canary.port}/`);
      expect(outcome, host).toMatch(/^refused_(address|url)$/);
      expect(code, host).toBe('unreachable');
    }
  });

  test.each(['localhost', 'LOCALHOST.', 'a.b.localhost', 'intranet', 'x.local', 'x.internal', 'instance-data'])(
    'by the name %s, which is not even looked up',
    async (host) => {
      let lookups = 0;
      const network = openNetwork(async () => {
        lookups += 1;
        return ['127.0.0.1'];
      });
      expect(await tryBoth(network, `http://${host}:${canary.port}/`)).toEqual(['refused_address', 'unreachable']);
      expect(lookups).toBe(0);
    },
  );

  test.each([
    [['127.0.0.1']],
    [['1.1.1.1', '10.0.0.1']],
    [['10.0.0.1', '1.1.1.1']],
    [['::ffff:169.254.169.254', '1.1.1.1']],
    [['1.1.1.1', '::1']],
    [['::1%lo']],
    [['127.1']],
    [['']],
  ])('by a name with a refused address among its answers: %j', async (answers) => {
    const network = openNetwork(async () => answers);
    expect(await tryBoth(network, `http://rebind.example:${canary.port}/`)).toEqual(['refused_address', 'unreachable']);
    expect(await network.checkHost(new URL('http://rebind.example/'), { timeoutMs: 1_000 })).toBe('refused');
  });

  test('by the last of a thousand answers', async () => {
    const others = Array.from({ length: 999 }, (_, index) => `1.1.${index >> 8}.${index & 255}`);
    const network = openNetwork(async () => [...others, '127.0.0.1']);
    expect(await tryBoth(network, `http://many.example:${canary.port}/`)).toEqual(['refused_address', 'unreachable']);
  });

  test('by a name that answers public when it is checked and internal when it is dialled', async () => {
    await using dns = await startDns(() => (dns.asked() <= 2 ? ['1.1.1.1'] : ['127.0.0.1', '::1']));
    const network = openNetwork(createResolver({ timeoutMs: 1_000, servers: [dns.server] }));
    expect(await network.checkHost(new URL('http://rebind.example/'), { timeoutMs: 1_000 })).toBe('allowed');
    expect(await network.send(`http://rebind.example:${canary.port}/`, post)).toMatchObject({
      outcome: 'refused_address',
      detail: expect.stringMatching(/^rebind\.example: 127\.0\.0\.1 /),
    });
  });

  test('by a name that turns internal between the lookups of one connection: there is only one', async () => {
    let lookups = 0;
    const resolver = async () => {
      lookups += 1;
      return lookups === 1 ? [elsewhere] : ['127.0.0.1'];
    };
    const network = openNetwork(resolver, [parseAddressRange(elsewhere)]);
    const sent = await network.send(`http://rebind.example:${canary.port}/`, post);
    expect(['connect_failed', 'timed_out']).toContain(sent.outcome);
    expect(lookups).toBe(1);
  });

  test('whatever proxy the environment names', async () => {
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
    const before = names.map((name) => process.env[name]);
    for (const name of names)
      process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : `http://127.0.0.1:${canary.port}`;
    try {
      const network = openNetwork(async () => [elsewhere], [parseAddressRange(elsewhere)]);
      const [outcome] = await tryBoth(network, 'http://public.example:1024/');
      expect(['connect_failed', 'timed_out']).toContain(outcome);
      expect(await tryBoth(network, `http://127.0.0.1:${canary.port}/`)).toEqual(['refused_address', 'unreachable']);
    } finally {
      for (const [index, name] of names.entries()) {
        if (before[index] === undefined) delete process.env[name];
        else process.env[name] = before[index];
      }
    }
  });

  test('nor a socket file or any other scheme', async () => {
    const network = openNetwork();
    for (const url of [
      'unix:/run/docker.sock',
      'http+unix://%2Frun%2Fx/',
      'file:///etc/passwd',
      'data:,x',
      'ftp://1.1.1.1/',
    ]) {
      expect(await tryBoth(network, url), url).toEqual(['refused_url', 'unreachable']);
    }
    const disguised = { href: 'http://1.1.1.1/', socketPath: '/run/docker.sock', toString: () => 'http://127.0.0.1/' };
    expect(await network.send(disguised as unknown as URL, post)).toMatchObject({ outcome: 'refused_address' });
  });
});

describe('redirects', () => {
  const loopback = [parseAddressRange('127.0.0.1')];

  async function follow(location: string, status = 302): Promise<{ code: string; detail: string }> {
    await using origin = await startHttp((_, response) => response.writeHead(status, { location }).end());
    await using network = disposable(createNetwork({ allowAddresses: loopback, resolver: async () => ['10.0.0.1'] }));
    const options = { path: join(folder, 'file'), bytesMax: 1_000, timeoutMs: 2_000 };
    return await network.download(`http://127.0.0.1:${origin.port}/`, options).then(
      () => ({ code: 'downloaded', detail: '' }),
      (error) => ({ code: error.code, detail: error.detail }),
    );
  }

  test.each([301, 302, 303, 307, 308])('%i to an internal address ends there', async (status) => {
    expect(await follow('http://10.0.0.1/', status)).toMatchObject({ code: 'unreachable' });
  });

  test.each([
    ['http://169.254.169.254/latest/', 'refused_address'],
    ['http://[::1]/', 'refused_address'],
    ['http://inward.example/', 'refused_address'],
    ['//10.0.0.1/', 'refused_address'],
    ['file:///etc/passwd', 'refused_url'],
    ['data:text/plain,x', 'refused_url'],
    ['gopher://127.0.0.1/', 'refused_url'],
    ['http://user:pw@127.0.0.1/', 'refused_url'],
    ['http://127.0.0.1:25/', 'refused_url'],
    ['http://', 'bad_answer'],
    ['/again', 'refused_url: redirects in a circle'],
  ])('to %s is refused, with the cause in the log', async (location, detail) => {
    const error = await follow(location);
    expect(error.code).toBe('unreachable');
    expect(error.detail).toContain(detail);
  });

  test('are never followed when sending', async () => {
    await using origin = await startHttp((_, response) => {
      response.writeHead(308, { location: `http://127.0.0.1:${canary.port}/` }).end();
    });
    await using network = disposable(createNetwork({ allowAddresses: loopback }));
    const acceptedBefore = canary.accepted();
    expect(await network.send(`http://127.0.0.1:${origin.port}/`, post)).toMatchObject({
      outcome: 'answered',
      status: 308,
    });
    expect(canary.accepted()).toBe(acceptedBefore);
  });
});

test('two networks with different rules never share a connection', async () => {
  await using open = disposable(createNetwork({ allowAddresses: [parseAddressRange('127.0.0.1')] }));
  const url = `http://127.0.0.1:${canary.port}/`;
  // The second request may still find the first connection busy with its end; from then on both are reused.
  for (const _ of [1, 2]) expect(await open.send(url, post)).toMatchObject({ outcome: 'answered' });
  const acceptedBefore = canary.accepted();
  expect(await tryBoth(openNetwork(), url)).toEqual(['refused_address', 'unreachable']);
  expect(await open.send(url, post)).toMatchObject({ outcome: 'answered' });
  expect(canary.accepted()).toBe(acceptedBefore);
});

function disposable(network: Network): Network & AsyncDisposable {
  return { ...network, [Symbol.asyncDispose]: () => network.close() };
}
