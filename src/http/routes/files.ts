import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { type Context, mayFollow } from '../../flow/index.ts';
import { describeBytes } from '../document/describe-api.ts';
import { withSchemaTypes } from '../document/schema-types.ts';
import { linkExpired, linkForged } from '../errors.ts';
import { describeErrors } from '../forms/gateway/describe-errors.ts';
import { sendStoredFile } from '../send-stored-file.ts';

const Params = Type.Object({
  expires: Type.String({ description: 'Unix seconds.' }),
  signature: Type.String(),
  name: Type.String({ description: 'Name of the file.' }),
});

type LinkParts = Static<typeof Params>;

/** Signed links to results, to uploaded files and to copies for services elsewhere: who has one may read the file until it ends. */
export function registerFiles(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  routes.route({
    method: 'GET',
    url: '/files/:expires/:signature/:name',
    config: { access: 'open' },
    schema: {
      operationId: 'getFile',
      summary: 'Follow a link of `results`',
      description: 'Needs no key. Answers byte ranges.',
      tags: ['Tasks'],
      security: [],
      params: Params,
      response: { ...describeBytes(), ...describeErrors(404, 410, 416, 500, 503) },
    },
    handler: (request, reply) => followLink(context, request, reply),
  });
}

async function followLink(
  context: Context,
  request: FastifyRequest<{ Params: LinkParts }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const now = context.clock.now();
  const verdict = context.links.verify(request.params, now);
  if (verdict.kind === 'forged') throw linkForged();
  if (verdict.kind === 'expired' || !(await mayFollow(context, verdict.key))) throw linkExpired();
  const ageSecondsMax = Math.floor((verdict.expiresAt.getTime() - now.getTime()) / 1000);
  return await sendStoredFile(context, verdict.key, request, reply, { ageSecondsMax, absent: linkExpired });
}
