import type { FastifyInstance } from 'fastify';
import type { Context } from '../../flow/index.ts';
import { listModels, presentModel } from '../../models/index.ts';
import { ModelPage } from '../../models/schema.ts';
import { authenticate } from '../authenticate.ts';
import { describeErrors } from '../describe-api.ts';

export function registerModels(app: FastifyInstance, context: Context): void {
  app.route({
    method: 'GET',
    url: '/v1/models',
    onRequest: authenticate(context),
    schema: {
      operationId: 'listModels',
      summary: 'Models that the key may use, with their prices',
      tags: ['Account'],
      response: { 200: ModelPage, ...describeErrors(401, 402, 429, 500, 503) },
    },
    handler: async ({ caller }) => ({
      object: 'list' as const,
      data: listModels()
        .filter((model) => caller.allowed_models?.includes(model.id) ?? true)
        .map((model) => presentModel(model, context.config.models)),
    }),
  });
}
