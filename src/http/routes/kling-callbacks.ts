import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../flow/index.ts';
import type { KlingSettings } from '../../kling/config.ts';
import { noteCallback, verifyKlingCallback } from '../../kling/index.ts';
import { receiveBody } from '../bodies/receive-body.ts';
import { acceptAnything } from '../bodies/validate.ts';
import { forgedCallback } from '../errors.ts';

/** The vendor's largest body lists a few links. */
const bodyBytesMax = 256 * 1024;

/**
 * Where the Kling API says that one of its tasks has moved. It is believed nothing: the task is only asked about sooner.
 * With secrets in the settings an unsigned or badly signed call answers 401 and has no effect.
 */
export function registerKlingCallbacks(
  app: FastifyInstance,
  { database, clock }: Pick<Context, 'database' | 'clock'>,
  { klingWebhookSecrets: secrets }: Pick<KlingSettings, 'klingWebhookSecrets'>,
): void {
  app.register(async (scope) => {
    // The signature covers the bytes as they came. As text they are the same: JSON is UTF-8, anything else won't verify.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) =>
      (await receiveBody(request, payload)).toString('utf8'),
    );
    scope.route({
      method: 'POST',
      url: '/v1/kling/callbacks',
      config: { access: 'open' },
      bodyLimit: bodyBytesMax,
      validatorCompiler: acceptAnything,
      schema: { hide: true },
      handler: async (request, reply) => {
        const body = Buffer.from((request.body ?? '') as string);
        const isSigned = verifyKlingCallback({ body, headers: request.headers }, secrets, clock.now());
        if (secrets.length > 0 && !isSigned) throw forgedCallback();
        await noteCallback(database.db, body);
        return reply.status(204).send();
      },
    });
  });
}
