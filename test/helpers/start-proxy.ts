import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface DatabaseProxy extends AsyncDisposable {
  /** The same address through the proxy. */
  through(url: string): string;
  /** Cuts every connection and takes no more until `mend`. */
  cut(): void;
  mend(): void;
  /**
   * The next COMMIT that passes: `before` cuts the connection instead of passing it on, `after` passes it on and cuts
   * when the answer comes back. `onCut` is called at that moment. Only of a transaction in which `said` has passed, if it's given.
   */
  cutAtCommit(moment: 'before' | 'after', onCut?: () => void, said?: string): void;
}

/**
 * The statement of one transaction's end, as one simple query: type, length, text. The job engine's upkeep sends COMMIT
 * too, but inside longer texts.
 */
const commitMessage = Buffer.concat([Buffer.from([0x51, 0, 0, 0, 11]), Buffer.from('commit\0')]);
const holdsCommit = (chunk: Buffer) => chunk.includes(commitMessage);

/** A TCP proxy before PostgreSQL, which breaks the way on demand. */
export async function startProxy(): Promise<DatabaseProxy> {
  const sockets = new Set<Socket>();
  let target: { host: string; port: number } | undefined;
  let isCut = false;
  let plan: { moment: 'before' | 'after'; onCut: (() => void) | undefined; said: string } | undefined;

  const server = createServer((client) => {
    if (isCut || target === undefined) return void client.destroy();
    const upstream = connect(target);
    const drop = () => {
      client.destroy();
      upstream.destroy();
    };
    let cutAtAnswer: (() => void) | undefined;
    let hasSaid = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', drop);
      socket.on('close', () => {
        sockets.delete(socket);
        drop();
      });
    }
    client.on('data', (chunk: Buffer) => {
      hasSaid ||= plan !== undefined && chunk.includes(plan.said);
      if (plan === undefined || !hasSaid || !holdsCommit(chunk)) return void upstream.write(chunk);
      const { moment, onCut } = plan;
      plan = undefined;
      const cutNow = () => {
        onCut?.();
        drop();
      };
      if (moment === 'before') return cutNow();
      cutAtAnswer = cutNow;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      if (cutAtAnswer) cutAtAnswer();
      else client.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    through(url) {
      const address = new URL(url);
      target = { host: address.hostname, port: Number(address.port) };
      address.searchParams.delete('host'); // the Unix socket, which would go past the proxy
      address.hostname = '127.0.0.1';
      address.port = String((server.address() as AddressInfo).port);
      return address.href;
    },
    cut,
    mend() {
      isCut = false;
    },
    cutAtCommit(moment, onCut, said = '') {
      plan = { moment, onCut, said };
    },
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
    },
  };
}
