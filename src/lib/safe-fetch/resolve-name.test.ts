import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDns } from '../../../test/helpers/start-dns.ts';
import { parseHosts } from './hosts-file.ts';
import { createResolver } from './resolve-name.ts';

let folder: string;
let hostsPath: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safe-fetch-'));
  hostsPath = join(folder, 'hosts');
  await writeFile(hostsPath, '127.0.0.1 localhost\n10.9.8.7 Receiver.test receiver # ours\nfd00::1 receiver.test\n');
});

afterAll(() => rm(folder, { recursive: true }));

describe('the DNS', () => {
  test('answers of both families are joined, IPv4 first', async () => {
    await using dns = await startDns(() => ['2606:4700::1111', '1.1.1.1', '1.0.0.1']);
    const resolve = createResolver({ timeoutMs: 1_000, servers: [dns.server], hostsPath });
    expect(await resolve('both.example')).toEqual(['1.1.1.1', '1.0.0.1', '2606:4700::1111']);
  });

  test('every call asks again: an answer is never kept for the next one', async () => {
    await using dns = await startDns(() => [`1.1.1.${dns.asked()}`]);
    const resolve = createResolver({ timeoutMs: 1_000, servers: [dns.server], hostsPath });
    expect(await resolve('a.example')).not.toEqual(await resolve('a.example'));
  });

  test('a family that stays silent holds the other up for half a second at most, and adds nothing later', async () => {
    await using dns = await startDns((_, family) => (family === 4 ? ['1.1.1.1'] : null));
    const resolve = createResolver({ timeoutMs: 3_600_000, servers: [dns.server], hostsPath });
    expect(await resolve('half.example')).toEqual(['1.1.1.1']);
  });

  test('a server that never answers costs its time limit, and files are read meanwhile', async () => {
    await using dns = await startDns(() => null);
    const resolve = createResolver({ timeoutMs: 400, servers: [dns.server], hostsPath });
    let settled = 0;
    // More lookups than threads: with `dns.lookup` the reads below would have to wait for them.
    const lookups = Array.from({ length: 32 }, (_, index) =>
      expect(resolve(`slow${index}.example`))
        .rejects.toThrow('no answer within 400 ms')
        .finally(() => {
          settled += 1;
        }),
    );
    for (let reads = 0; reads < 20; reads += 1) await readFile(hostsPath);
    expect(settled).toBe(0);
    await Promise.all(lookups);
  });

  test('a name without any address is told with the reason', async () => {
    await using dns = await startDns(() => []);
    const resolve = createResolver({ timeoutMs: 1_000, servers: [dns.server], hostsPath });
    await expect(resolve('empty.example')).rejects.toThrow('no address');
  });
});

describe('the hosts file', () => {
  test('comes before the DNS and knows names in any case', async () => {
    await using dns = await startDns(() => ['1.1.1.1']);
    const resolve = createResolver({ timeoutMs: 1_000, servers: [dns.server], hostsPath });
    expect(await resolve('receiver.test')).toEqual(['10.9.8.7', 'fd00::1']);
    expect(await resolve('receiver')).toEqual(['10.9.8.7']);
    expect(dns.asked()).toBe(0);
  });

  test('a missing file is an empty one', async () => {
    await using dns = await startDns(() => ['1.1.1.1']);
    const resolve = createResolver({ timeoutMs: 1_000, servers: [dns.server], hostsPath: join(folder, 'none') });
    expect(await resolve('receiver.test')).toEqual(['1.1.1.1']);
  });

  test('lines that hold no address are passed over', () => {
    const table = parseHosts(
      '# 1.1.1.1 no\n\nnonsense name\nfe80::1%lo0 scoped\n\t2.2.2.2\ttabbed  second\r\n3.3.3.3\n',
    );
    expect([...table]).toEqual([
      ['tabbed', ['2.2.2.2']],
      ['second', ['2.2.2.2']],
    ]);
  });
});
