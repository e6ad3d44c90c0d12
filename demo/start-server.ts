import { once } from 'node:events';
import { createServer } from 'node:net';
import { keepText, runTroupe, type TroupePlace } from './run-troupe.ts';

export interface DemoServer extends AsyncDisposable {
  url: string;
}

/** Where a newcomer would look for it. */
const usualPort = 4600;

/**
 * Starts `troupe serve` and resolves once it answers. Its port is 4600, or a free one when that is taken. Throws with
 * the end of its log when it doesn't come up. Disposing tells it to stop and waits until it has.
 */
export async function startServer(
  options: TroupePlace & { allowAddress: string; signal: AbortSignal },
): Promise<DemoServer> {
  const { allowAddress, signal } = options;
  signal.throwIfAborted();
  const child = runTroupe(options, ['serve'], {
    HOST: '127.0.0.1',
    PORT: String((await isFree(usualPort)) ? usualPort : 0),
    TROUPE_ALLOW_ADDRESSES: allowAddress,
    TROUPE_LOG_LEVEL: 'warn',
    // Whatever account the surroundings name: the demo costs nothing and needs nobody else.
    TROUPE_ELEMENT_ENGINE: 'local',
    TROUPE_VIDEO_ENGINE: 'animatic',
    TROUPE_ENGINE_BY_MODEL: '',
  });
  const output = keepText(child.stdout);
  const log = keepText(child.stderr);
  const exited = once(child, 'exit');
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  };
  try {
    const url = await new Promise<string>((done, fail) => {
      child.stdout?.on('data', () => {
        const [, address] = /answers at (http:\S+),/.exec(output.text) ?? [];
        if (address !== undefined) done(address);
      });
      child.once('error', fail);
      child.once('exit', (code) => fail(new Error(`the server ended with code ${code} at its start:\n${log.text}`)));
      signal.addEventListener('abort', () => fail(signal.reason), { once: true });
    });
    return { url, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return await new Promise((done) => {
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}
