import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { checkRole, type Role } from '../accounts/index.ts';
import type { Context } from '../flow/index.ts';
import { authenticate, authenticateSending, authenticateSubmission } from './callers/authenticate.ts';

/** Who may call a route: keys of this role or a higher one, or anybody without a key. */
export type Access = Role | 'open';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route declares it beside its path. */
    access?: Access;
    /** Counts against the key's limit of tasks, not of queries. */
    startsTask?: true;
    /** Counts against the key's limit of callbacks that are sent by its word. */
    sendsCallback?: true;
  }
  interface FastifyInstance {
    /** What each route declared, by method and path: `GET /v1/tasks/:task_id`. */
    access: ReadonlyMap<string, Access>;
  }
}

/**
 * Asks for a key wherever a route registered from here on declares a role, before the body is read, and for the role itself.
 * A route that declares no access is a fault that ends the start: forgetting it must not open a route.
 * Errors: those of `authenticate`; 403 `permission_denied`.
 */
export function guardRoutes(app: FastifyInstance, context: Context): void {
  const declared = new Map<string, Access>();
  app.decorate('access', declared);
  app.addHook('onRoute', (route: RouteOptions) => {
    const name = `${[route.method].flat().join(',')} ${route.url}`;
    const { access } = route.config ?? {};
    if (access === undefined) throw new Error(`${name} declares no access: give it config: { access: 'caller' }`);
    declared.set(name, access);
    if (access === 'open') return;
    const guard = createGuard(access, chooseIdentification(context, route));
    route.onRequest = [guard, ...[route.onRequest ?? []].flat()];
    if (access !== 'caller')
      route.schema = { ...route.schema, 'x-role': access } as NonNullable<RouteOptions['schema']>;
  });
}

function chooseIdentification(context: Context, { config }: RouteOptions) {
  if (config?.startsTask) return authenticateSubmission(context);
  return config?.sendsCallback ? authenticateSending(context) : authenticate(context);
}

function createGuard(role: Role, identify: (request: FastifyRequest, reply: FastifyReply) => Promise<void>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    await identify(request, reply);
    checkRole(request.caller, role);
  };
}
