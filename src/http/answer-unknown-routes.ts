import type { FastifyInstance } from 'fastify';
import { methodNotAllowed, routeNotFound } from './errors.ts';

/** Answers what no route takes: 405 with `Allow` where the path has other methods, else 404, in the documented body. */
export function answerUnknownRoutes(app: FastifyInstance): void {
  const routes = new Map<string, { pattern: RegExp; methods: string[] }>();
  app.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: toPattern(url), methods: [] };
    route.methods.push(...[method].flat());
    routes.set(url, route);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const methods = [...routes.values()].filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods);
    if (methods.length === 0) throw routeNotFound();
    const allowed = [...new Set(methods)].sort();
    reply.header('allow', allowed.join(', '));
    throw methodNotAllowed(request.method, allowed);
  });
}

function toPattern(url: string): RegExp {
  const path = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:\w+/g, '[^/]+')
    .replaceAll('*', '.*');
  return new RegExp(`^${path}/?$`);
}
