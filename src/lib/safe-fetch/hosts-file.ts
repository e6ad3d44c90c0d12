import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAddress } from './address.ts';

const hostsPath =
  process.platform === 'win32'
    ? join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts')
    : '/etc/hosts';

/** Milliseconds for which a read hosts file is believed, so that a busy sender doesn't read it per connection. */
const believedMs = 5_000;

/** Answers the addresses that a name has in the system's hosts file, which c-ares queries don't look at. */
export function createHostsFile(path = hostsPath): (hostname: string) => Promise<readonly string[]> {
  let table: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  let readAt = 0;
  return async (hostname) => {
    if (table === undefined || performance.now() - readAt > believedMs) {
      readAt = performance.now();
      table = readFile(path, 'utf8').then(parseHosts, () => new Map());
    }
    return (await table).get(hostname) ?? [];
  };
}

/** Names in lower case with the addresses of all their lines; what isn't an address with names is passed over. */
export function parseHosts(text: string): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (parseAddress(address) === null) continue;
    for (const name of names) table.set(name.toLowerCase(), [...(table.get(name.toLowerCase()) ?? []), address]);
  }
  return table;
}
