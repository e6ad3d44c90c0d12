import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';

/** What the name server says: addresses of the asked family are picked from the list; `null` is silence. */
export type DnsAnswer = (name: string, family: 4 | 6) => readonly string[] | null;

export interface StartedDns extends AsyncDisposable {
  /** `address:port`, as resolvers want it. */
  server: string;
  /** Questions asked so far. */
  asked(): number;
}

/** A real name server over UDP on 127.0.0.1: one question, A or AAAA, time to live 0 (RFC 1035 §4). */
export async function startDns(answer: DnsAnswer): Promise<StartedDns> {
  const socket = createSocket('udp4');
  let asked = 0;
  socket.on('message', (query, from) => {
    asked += 1;
    const { name, end } = parseName(query);
    const family = query.readUInt16BE(end) === 28 ? 6 : 4;
    const addresses = answer(name, family)?.filter((address) => isIP(address) === family);
    if (addresses !== undefined) socket.send(writeAnswer(query, end + 4, addresses), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    server: `127.0.0.1:${socket.address().port}`,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

function parseName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function writeAnswer(query: Buffer, questionEnd: number, addresses: readonly string[]): Buffer {
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses.length, 6);
  const records = addresses.map((address) => {
    const bytes = isIP(address) === 4 ? Buffer.from(address.split('.').map(Number)) : parseIPv6(address);
    // Name by reference to the question, type, class IN, time to live 0, length.
    const head = Buffer.from([0xc0, 0x0c, 0, bytes.length === 4 ? 1 : 28, 0, 1, 0, 0, 0, 0, 0, bytes.length]);
    return Buffer.concat([head, bytes]);
  });
  return Buffer.concat([header, query.subarray(12, questionEnd), ...records]);
}

/** `URL` prints every IPv6 address in groups of hexadecimal digits, also one that ends in IPv4 form. */
function parseIPv6(address: string): Buffer {
  const [head = '', tail = ''] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const zeros = new Array<string>(8 - groups(head).length - groups(tail).length).fill('0');
  const all = [...groups(head), ...zeros, ...groups(tail)];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
