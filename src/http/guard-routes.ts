import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { checkRole, type Role } from '../accounts/index.ts';
import type { Context } from '../flow/index.ts';
import { authenticate, authenticateSending, authenticateSubmission } from './callers/authenticate.ts';
import { findCaller } from './callers/find-caller.ts';

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
  interface FastifyRequest {
    /**
     * Set with `caller`, for whoever receives a body: asks for the key again where the body took longer than a key may be
     * remembered, so that one that was disabled meanwhile does nothing more. Errors: those of the guard.
     */
    confirmCaller?: () => Promise<void>;
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
    const guard = createGuard(context, access, chooseIdentification(context, route));
    route.onRequest = [guard, ...[route.onRequest ?? []].flat()];
    if (access !== 'caller')
      route.schema = { ...route.schema, 'x-role': access } as NonNullable<RouteOptions['schema']>;
  });
}

function chooseIdentification(context: Context, { config }: RouteOptions) {
  if (config?.startsTask) return authenticateSubmission(context);
  return config?.sendsCallback ? authenticateSending(context) : authenticate(context);
}

function createGuard(
  context: Context,
  role: Role,
  identify: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const askedAtMs = performance.now();
    await identify(request, reply);
    checkRole(request.caller, role);
    request.confirmCaller = async () => {
      if (performance.now() - askedAtMs <= context.config.accounts.keyCacheMs) return;
      request.caller = await findCaller(context, request);
      checkRole(request.caller, role);
    };
  };
}
