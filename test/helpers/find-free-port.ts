import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below where Linux takes the ports of outgoing connections from: those could take it between two starts of a server. */
const range = [10_000, 32_000] as const;

/** A port of this machine that nobody listens on; for programs that must be told their port beforehand. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...range);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const listening = await new Promise<boolean>((answer) => {
    probe.once('error', () => answer(false)).listen(port, '127.0.0.1', () => answer(true));
  });
  if (listening) await new Promise((closed) => probe.close(closed));
  return listening;
}
