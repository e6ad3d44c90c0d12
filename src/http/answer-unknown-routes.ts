import type { FastifyInstance } from 'fastify';
import { methodNotAllowed, routeNotFound } from './errors.ts';

/**
 * Answers what no route takes: 405 with `Allow` where the path has other methods, else 404, in the documented body, and
 * before a body is read.
 */
export function answerUnknownRoutes(app: FastifyInstance): void {
  const routes = new Map<string, { pattern: RegExp; methods: string[] }>();
  app.addHook('onRoute', ({ url, method }) => {
    // Where pages of other origins may call, preflights are answered everywhere.
    if (url === '*') return;
    const route = routes.get(url) ?? { pattern: toPattern(url), methods: [] };
    route.methods.push(...[method].flat());
    routes.set(url, route);
  });
  // Only the hook answers; without a handler of ours the route would be Fastify's, with another body.
  app.setNotFoundHandler(() => {
    throw routeNotFound();
  });
  app.addHook('onRequest', async (request, reply) => {
    const path = (request.url.split('?')[0] ?? '').replace(/\/{2,}/g, '/');
    if (!request.is404 && !isFixedElsewhere(path.replace(/(.)\/$/, '$1'), request.routeOptions.url)) return;
    const exact = routes.get(path.replace(/(.)\/$/, '$1'));
    const matching = exact ? [exact] : [...routes.values()].filter(({ pattern }) => pattern.test(path));
    const methods = matching.flatMap((route) => route.methods);
    // A pattern may match where the router doesn't, such as a folder's own path.
    if (methods.length === 0 || methods.includes(request.method)) throw routeNotFound();
    const allowed = [...new Set(methods)].sort();
    reply.header('allow', allowed.join(', '));
    throw methodNotAllowed(request.method, allowed);
  });

  /** A path that is a route by its very name, with other methods, is no id of the pattern that it happens to fit. */
  function isFixedElsewhere(path: string, url: string | undefined): boolean {
    return url?.includes(':') === true && path !== url && routes.has(path);
  }
}

function toPattern(url: string): RegExp {
  const path = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:\w+/g, '[^/]+')
    .replaceAll('*', '.*');
  return new RegExp(`^${path}/?$`);
}
