import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { getKey, presentKey } from '../../accounts/index.ts';
import { KeyRecord } from '../../accounts/schema.ts';
import { type Context, signIn, signOut } from '../../flow/index.ts';
import { checkOwnPage } from '../callers/check-own-page.ts';
import { signInsLimited } from '../callers/errors.ts';
import { clearSessionCookie, readSessionToken, writeSessionCookie } from '../callers/session-cookie.ts';
import { readShareOf } from '../connections/read-client-address.ts';
import { withSchemaTypes } from '../document/schema-types.ts';
import { invalidRequest } from '../errors.ts';
import { describeErrors } from '../forms/gateway/describe-errors.ts';

const SignInBody = Type.Object(
  {
    key: Type.Optional(Type.String({ maxLength: 200, description: 'An API key.' })),
    once: Type.Optional(
      Type.String({ maxLength: 200, description: 'What follows `#once=` in the address that the server printed.' }),
    ),
  },
  { additionalProperties: false },
);

const SignedOut = Type.Object({ status: Type.Literal('signed_out') });

/** Sessions of browsers, for the console alone: programs send their key with each request. */
export function registerSession(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const { publicUrl } = context.config.flow;
  // Before the body is read: nobody else's page gets a word in, and no address tries keys one after another.
  const checkPage = async (request: FastifyRequest) => checkOwnPage(request, publicUrl);
  const limit = async (request: FastifyRequest) => {
    const decision = context.signInLimiter.takeToken(readShareOf(request.ip));
    const { signInsPerMinute } = context.config.accounts;
    if (!decision.allowed) throw signInsLimited(signInsPerMinute, decision.retryAfterSeconds);
  };

  routes.route({
    method: 'POST',
    url: '/v1/session',
    config: { access: 'open' },
    onRequest: [checkPage, limit],
    schema: {
      operationId: 'signIn',
      summary: 'Sign a browser in',
      description:
        "For the console's pages: answers the key's record and sets a cookie that no script can read. It lasts while the key " +
        'works, 12 hours without use, 7 days in all. Takes one of both fields.',
      tags: ['Keys'],
      security: [],
      body: SignInBody,
      response: { 200: KeyRecord, ...describeErrors(400, 401, 403, 413, 415, 429, 500, 503) },
    },
    handler: async (request, reply) => {
      const { key, once } = request.body;
      if ((key === undefined) === (once === undefined)) {
        throw invalidRequest({ param: 'key', message: 'body: must hold one of key and once' });
      }
      const before = readSessionToken(request);
      const { token, caller, expires_at } = await signIn(context, { key: key?.trim(), once });
      if (before !== null) await signOut(context, before);
      reply.header('set-cookie', writeSessionCookie(request, token, expires_at));
      return presentKey(await getKey(context.database.db, caller.key_id, context.clock.now()));
    },
  });

  routes.route({
    method: 'DELETE',
    url: '/v1/session',
    config: { access: 'open' },
    onRequest: checkPage,
    schema: {
      operationId: 'signOut',
      summary: 'Sign a browser out',
      description: 'Ends the session and every event stream that it follows; also where it has ended already.',
      tags: ['Keys'],
      security: [],
      response: { 200: SignedOut, ...describeErrors(403, 500, 503) },
    },
    handler: async (request, reply) => {
      const token = readSessionToken(request);
      if (token !== null) await signOut(context, token);
      reply.header('set-cookie', clearSessionCookie(request));
      return { status: 'signed_out' as const };
    },
  });
}
