import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { checkModelAllowed } from '../../../../accounts/index.ts';
import type { Context } from '../../../../flow/index.ts';
import { getModel, listModels, type Model, presentModel } from '../../../../models/index.ts';
import { ModelEntry } from '../../../../models/schema.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { describePage, loadPage, pageFields } from '../cursor-page.ts';
import { describeErrors } from '../describe-errors.ts';

const ModelPage = Type.Object(
  { object: Type.Literal('list'), ...describePage(ModelEntry).properties },
  { title: 'Models', description: 'The models that the key may use.' },
);

/** `GET /v1/models`. */
export function registerModels(app: FastifyInstance, context: Context): void {
  withSchemaTypes(app).route({
    method: 'GET',
    url: '/v1/models/:model_id',
    config: { access: 'caller' },
    schema: {
      operationId: 'getModel',
      summary: 'One model that the key may use, with its price',
      tags: ['Catalog'],
      params: Type.Object({ model_id: Type.String({ examples: ['kling-custom-element'] }) }),
      response: { 200: ModelEntry, ...describeErrors(401, 402, 403, 404, 429, 500, 503) },
    },
    handler: async ({ caller, params }) => {
      const model = getModel(params.model_id, 'model_id');
      checkModelAllowed(caller, model.id);
      return presentModel(model, context.config.models);
    },
  });
  withSchemaTypes(app).route({
    method: 'GET',
    url: '/v1/models',
    config: { access: 'caller' },
    schema: {
      operationId: 'listModels',
      summary: 'Models that the key may use, with their prices',
      tags: ['Catalog'],
      querystring: Type.Object(pageFields),
      response: { 200: ModelPage, ...describeErrors(400, 401, 402, 429, 500, 503) },
    },
    handler: async ({ caller, query }) => {
      const all = listModels();
      const { rows, next_cursor } = await loadPage<Model>(query, {
        list: 'models',
        shape: ['string'],
        keysOf: ({ id }) => [id],
        load: async (after, countMax) =>
          all
            .slice(after === null ? 0 : all.findIndex(({ id }) => id === after[0]) + 1)
            .filter(({ id }) => caller.allowed_models?.includes(id) ?? true)
            .slice(0, countMax),
      });
      const data = rows.map((model) => presentModel(model, context.config.models));
      return { object: 'list' as const, data, next_cursor };
    },
  });
}
