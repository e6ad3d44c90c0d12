import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDeafServer } from '../../../test/helpers/start-deaf-server.ts';
import { type StartedServer, startTcp } from '../../../test/helpers/start-server.ts';
import { parseAddressRange } from './address.ts';
import { type Connector, createConnector } from './connect.ts';
import type { NetworkFault } from './faults.ts';

// The connector alone, without the URL check that stands before it: it has to hold by itself.

let canary: StartedServer;

beforeAll(async () => {
  canary = await startTcp((socket) => socket.end());
});

afterAll(() => canary[Symbol.asyncDispose]());

function openConnector(
  allowAddresses: readonly string[],
  answers: readonly string[] = [],
  timeoutMs = 1_000,
): Connector {
  const policy = { allowAddresses: allowAddresses.map(parseAddressRange), listOwnAddresses: () => [] };
  return createConnector({ policy, resolve: async () => answers, timeoutMs });
}

function connectTo(connector: Connector, hostname: string, port = canary.port): Promise<'connected' | NetworkFault> {
  return new Promise((resolve) => {
    connector.connect(
      { hostname, host: `${hostname}:${port}`, protocol: 'http:', port: String(port) },
      (error, socket) => {
        socket?.destroy();
        resolve(error === null ? 'connected' : (error as NetworkFault));
      },
    );
  });
}

test.each([
  '127.0.0.1',
  '0.0.0.0',
  '::1',
  '::ffff:7f00:1',
  '::7f00:1',
  '::1%lo',
  'localhost',
  'vm',
  'x.local',
  '127.1',
  '0',
])('%s as the host of a connection is refused without one', async (hostname) => {
  expect(await connectTo(openConnector([], ['127.0.0.1']), hostname)).toMatchObject({ fault: 'refused_address' });
  expect(canary.accepted()).toBe(0);
});

test('localhost means the addresses of it that were opened', async () => {
  const onlyIPv6 = await connectTo(openConnector(['10.0.0.0/8']), 'localhost');
  expect(onlyIPv6).toMatchObject({ fault: 'refused_address' });
  expect(canary.accepted()).toBe(0);
  expect(await connectTo(openConnector(['127.0.0.0/8']), 'localhost')).toBe('connected');
  expect(await connectTo(openConnector(['127.0.0.0/8', '::1']), 'a.localhost')).toBe('connected');
});

test('a name is dialled under its judged addresses, whatever the system would say about it', async () => {
  expect(await connectTo(openConnector(['127.0.0.0/8'], ['127.0.0.1']), 'name.invalid')).toBe('connected');
});

test("a machine that doesn't answer costs the time limit and is named", async () => {
  await using deaf = await startDeafServer();
  const connector = openConnector(['127.0.0.0/8'], [], 200);
  expect(await connectTo(connector, '127.0.0.1', deaf.port)).toMatchObject({
    fault: 'connect_failed',
    message: 'the TCP connection took over 200 ms',
  });
});

test('closing gives up the connections that are being made', async () => {
  await using deaf = await startDeafServer();
  const connector = openConnector(['127.0.0.0/8'], [], 60_000);
  const connecting = connectTo(connector, '127.0.0.1', deaf.port);
  connector.close();
  expect(await connecting).toMatchObject({ fault: 'connection_lost' });
});
