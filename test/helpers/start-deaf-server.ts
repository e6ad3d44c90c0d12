import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const script = `
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

export interface DeafServer extends AsyncDisposable {
  port: number;
}

/**
 * A port of 127.0.0.1 on which connections don't even begin: its process never accepts, and the system's queue for it
 * is full. A client sees no answer to its first packet, as from a machine that is switched off.
 */
export async function startDeafServer(): Promise<DeafServer> {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await once(child.stdout, 'data');
  const port = Number(output);
  const queued: Socket[] = [];
  do {
    queued.push(connect(port, '127.0.0.1').on('error', () => {}));
  } while (await connects(queued.at(-1)));
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of queued) socket.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Whether the connection stands within 200 ms; on the loopback that takes far less, unless it never does. */
function connects(socket: Socket | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), 200);
    socket?.once('connect', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
