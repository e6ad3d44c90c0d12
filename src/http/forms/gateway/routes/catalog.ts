import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { checkModelAllowed } from '../../../../accounts/index.ts';
import type { Context } from '../../../../flow/index.ts';
import {
  computeCatalogVersion,
  estimatePrice,
  freshMs,
  getModel,
  listModels,
  presentCatalogMeta,
  presentCatalogModels,
  presentCatalogPrices,
} from '../../../../models/index.ts';
import { CatalogModels, CatalogPrices, Estimate, EstimateRequest } from '../../../../models/schema.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { invalidRequest } from '../../../errors.ts';
import { describeErrors } from '../describe-errors.ts';

const word = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }));

/**
 * What the hosted service's own tools ask before they send anything: its public catalog (no key, `ETag`), and what a request
 * would cost this key's account.
 */
export function registerCatalog(app: FastifyInstance, context: Context): void {
  const { models: prices, credits } = context.config;
  const models = listModels();
  const etag = `"${computeCatalogVersion(models, prices)}"`;
  const meta = () => presentCatalogMeta(models, prices, context.clock.now());
  const typed = withSchemaTypes(app);

  /** Whether the client has the answer already; it is told how long to keep it either way. */
  function isKnown(request: FastifyRequest, reply: FastifyReply): boolean {
    reply.headers({ etag, 'cache-control': `public, max-age=${freshMs / 1000}` });
    const known = String(request.headers['if-none-match'] ?? '').split(',');
    return known.some((one) => one.trim().replace(/^W\//, '') === etag || one.trim() === '*');
  }

  typed.route({
    method: 'GET',
    url: '/v1/catalog/models',
    config: { access: 'open' },
    schema: {
      operationId: 'listCatalogModels',
      summary: 'The public list of models',
      description: 'Needs no key. The form is the one that the hosted service has for its own tools.',
      tags: ['Catalog'],
      security: [],
      querystring: Type.Object({
        capability: word('Only those with it: all have `video`, elements also `element`.'),
        lifecycle: word('Only those in this state: all are `active`.'),
      }),
      response: { 200: CatalogModels, 304: unchanged, ...describeErrors(400, 500, 503) },
    },
    handler: async (request, reply) => {
      if (isKnown(request, reply)) return await reply.code(304).send();
      return { meta: meta(), models: presentCatalogModels(models, request.query) };
    },
  });

  typed.route({
    method: 'GET',
    url: '/v1/catalog/pricing',
    config: { access: 'open' },
    schema: {
      operationId: 'listCatalogPrices',
      summary: 'The public list of prices',
      description: 'Needs no key. One line for each quality and sound of a model that is priced by the second.',
      tags: ['Catalog'],
      security: [],
      querystring: Type.Object({ model_id: word('Only the prices of this model; an unknown one has none.') }),
      response: { 200: CatalogPrices, 304: unchanged, ...describeErrors(400, 500, 503) },
    },
    handler: async (request, reply) => {
      if (isKnown(request, reply)) return await reply.code(304).send();
      const { model_id } = request.query;
      const wanted = model_id === undefined ? models : models.filter(({ id }) => id === model_id);
      return { meta: meta(), prices: presentCatalogPrices(wanted, prices, credits.creditMicrousd) };
    },
  });

  typed.route({
    method: 'POST',
    url: '/v1/agent-estimates',
    config: { access: 'caller' },
    schema: {
      operationId: 'estimatePrice',
      summary: 'What a request would cost',
      description: 'Nothing is checked but what decides the price, and nothing is reserved.',
      tags: ['Catalog'],
      body: EstimateRequest,
      response: { 200: Estimate, ...describeErrors(400, 401, 402, 403, 404, 413, 415, 429, 500, 503) },
    },
    handler: async ({ caller, body }) => {
      const { model_id, operation: named, ...asked } = body;
      const model = getModel(model_id, 'model_id');
      const operation = named ?? `${model.type}-generation`;
      if (!operation.startsWith(model.type)) {
        throw invalidRequest({
          param: 'operation',
          message: `operation: must be ${model.type}-generation for ${model.id}`,
        });
      }
      checkModelAllowed(caller, model.id);
      const now = context.clock.now();
      return {
        estimate_id: `est_${randomUUID().replaceAll('-', '')}`,
        catalog_version: computeCatalogVersion(models, prices),
        model_id: model.id,
        operation,
        price_scope: 'account' as const,
        ...estimatePrice(model, asked, prices, credits.creditMicrousd),
        expires_at: new Date(now.getTime() + freshMs).toISOString(),
      };
    },
  });
}

const unchanged = Type.Null({ description: 'As the `ETag` in `If-None-Match`; without a body.' });
