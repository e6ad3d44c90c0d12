import type { FastifyInstance, FastifyTypeProvider } from 'fastify';
import type { Static, TSchema } from 'typebox';

/** What a handler gets of parameters, query and body is what their schemas say. */
interface SchemaTypes extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}

/** The same app, whose routes take the types of their requests from their schemas. */
export function withSchemaTypes(app: FastifyInstance) {
  return app.withTypeProvider<SchemaTypes>();
}
