import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/**
 * Warns once when requests come through a proxy that no setting tells of: links would name the wrong address, and all
 * clients would share the limits of one.
 */
export function noticeProxies(
  app: FastifyInstance,
  { publicUrl, trustProxy }: { publicUrl: string | undefined; trustProxy: readonly unknown[] },
  log: Logger,
): void {
  if (publicUrl !== undefined || trustProxy.length > 0) return;
  let isTold = false;
  app.addHook('onRequest', async ({ headers, socket }) => {
    if (isTold) return;
    const header = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded', 'via'].find(
      (name) => headers[name] !== undefined,
    );
    if (header === undefined) return;
    isTold = true;
    log.warn(
      { header, address: socket.remoteAddress },
      'requests come through a proxy: set TROUPE_PUBLIC_URL for the links, TROUPE_TRUST_PROXY to know clients apart',
    );
  });
}
