import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { findScope } from '../../../../accounts/index.ts';
import { presentElementDetails } from '../../../../elements/index.ts';
import { ElementDetails } from '../../../../elements/schema.ts';
import { type Context, changeElement, listUses, showTaskLine } from '../../../../flow/index.ts';
import { listUnknownFields } from '../../../../lib/list-unknown-fields.ts';
import { ElementEditBody } from '../../../../models/index.ts';
import type { Task } from '../../../../tasks/index.ts';
import { TaskLine } from '../../../../tasks/schema.ts';
import { readOrigin } from '../../../connections/read-address.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { fieldUnknown, nothingToChange } from '../../../errors.ts';
import { describePage, loadPage, pageFields } from '../cursor-page.ts';
import { describeErrors } from '../describe-errors.ts';
import { ElementParams } from './elements.ts';

/** What an element is called, and where it's used. */
export function registerElementEdits(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);

  routes.route({
    method: 'PATCH',
    url: '/v1/elements/:element_id',
    config: { access: 'caller' },
    schema: {
      operationId: 'changeElement',
      summary: 'Change the name, the description or the tags of an element',
      description: 'By the rules of creation. Its id, its pictures and the videos made of it stay as they are.',
      tags: ['Elements'],
      params: ElementParams,
      body: ElementEditBody,
      response: { 200: ElementDetails, ...describeErrors(400, 401, 402, 404, 413, 415, 429, 500, 503) },
    },
    handler: async (request) => {
      const known = Object.keys(ElementEditBody.properties);
      const [unknown] = listUnknownFields(ElementEditBody, request.body);
      // A change that does nothing would look like one that was made.
      if (unknown !== undefined) throw fieldUnknown(unknown, known);
      const { element_name: name, element_description: description, tags: labels } = request.body;
      const fields = {
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(labels === undefined ? {} : { labels }),
      };
      if (Object.keys(fields).length === 0) throw nothingToChange(known);
      const { element_id } = request.params;
      const element = await changeElement(context, request.caller.account_id, Number(element_id), fields);
      return presentElementDetails(element, context.config.flow.publicUrl ?? readOrigin(request) ?? '');
    },
  });

  routes.route({
    method: 'GET',
    url: '/v1/elements/:element_id/uses',
    config: { access: 'caller' },
    schema: {
      operationId: 'listElementUses',
      summary: 'List the tasks that named an element, newest first',
      tags: ['Elements'],
      params: ElementParams,
      querystring: Type.Object(pageFields),
      response: { 200: describePage(TaskLine), ...describeErrors(400, 401, 402, 404, 429, 500, 503) },
    },
    handler: async (request) => {
      const id = Number(request.params.element_id);
      const { rows, next_cursor } = await loadPage<Task>(request.query, {
        list: 'uses',
        shape: ['string'],
        keysOf: (task) => [task.id],
        load: (after, limit) =>
          listUses(
            context,
            findScope(request.caller),
            id,
            after === null ? { limit } : { limit, after: String(after[0]) },
          ),
      });
      return { data: rows.map(showTaskLine), next_cursor };
    },
  });
}
