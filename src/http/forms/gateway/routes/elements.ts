import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { findScope } from '../../../../accounts/index.ts';
import {
  countElements,
  type Element,
  elementFileNotFound,
  elementNotFound,
  elementOrders,
  findElement,
  findElementFile,
  presentElement,
  presentElementDetails,
  searchElements,
} from '../../../../elements/index.ts';
import { ElementDetails, ElementLine } from '../../../../elements/schema.ts';
import { type Context, deleteElement } from '../../../../flow/index.ts';
import { createCountMemory } from '../../../../lib/remember-counts.ts';
import { readOrigin } from '../../../connections/read-address.ts';
import { describeBytes } from '../../../document/describe-api.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { sendStoredFile } from '../../../send-stored-file.ts';
import { accountFields, chooseAccount } from '../choose-account.ts';
import { pageFields } from '../cursor-page.ts';
import { describeErrors } from '../describe-errors.ts';
import { describeEitherPage, eitherPageDescription, loadEitherPage, numberedPageFields } from '../numbered-page.ts';

export const ElementParams = Type.Object({
  element_id: Type.String({
    pattern: '^[1-9][0-9]{15}$',
    'x-rule': 'must be the 16 digits of an element',
    examples: ['4129876500123456'],
  }),
});

const FileParams = Type.Object({
  ...ElementParams.properties,
  name: Type.String({
    pattern: '^[A-Za-z0-9._-]{1,100}$',
    'x-rule': 'must be a file name of 1 to 100 letters, digits and . _ -',
    examples: ['sheet.webp'],
  }),
});

const ListQuery = Type.Object({
  query: Type.Optional(
    Type.String({
      maxLength: 200,
      description:
        'Words that name, description or tags must all have, each by its beginning, in any case and with or without ' +
        'accents; Chinese, Japanese, Korean and Thai by any part.',
      examples: ['zoe'],
    }),
  ),
  tag: Type.Optional(Type.String({ maxLength: 40, description: 'A tag or an id of `tag_list`, whole.' })),
  reference_type: Type.Optional(Type.Enum(['image_refer', 'video_refer'], { type: 'string' })),
  order: Type.Optional(Type.Enum([...elementOrders], { type: 'string', default: 'newest' })),
  ...numberedPageFields,
  ...pageFields,
  ...accountFields,
});

const ElementPage = describeEitherPage(ElementLine);

const Deleted = Type.Object({ element_id: Type.String(), status: Type.Literal('deleted') });

/** Files never change under their name: a day at a reader's saves most of the traffic of a library that is looked at. */
const fileAgeSeconds = 86_400;

/** The library: list, read, delete, and the files of an element. */
export function registerElements(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const { db } = context.database;
  const counts = createCountMemory();
  const baseOf = (origin: string | undefined) => context.config.flow.publicUrl ?? origin ?? '';

  routes.route({
    method: 'GET',
    url: '/v1/elements',
    config: { access: 'caller' },
    schema: {
      operationId: 'listElements',
      summary: "List and search the account's elements",
      description: eitherPageDescription,
      tags: ['Elements'],
      querystring: ListQuery,
      response: { 200: ElementPage, ...describeErrors(400, 401, 402, 404, 429, 500, 503) },
    },
    handler: async (request) => {
      const { account, query: words, tag, reference_type, order, ...pages } = request.query;
      const accountId = await chooseAccount(context, request.caller, account);
      const filter = {
        ...(words === undefined ? {} : { query: words }),
        ...(tag === undefined ? {} : { tag }),
        ...(reference_type === undefined ? {} : { reference_type }),
        ...(order === undefined ? {} : { order }),
      };
      const { rows, ...rest } = await loadEitherPage<Element>(pages, {
        // Another order goes on behind another element.
        list: `elements ${order ?? 'newest'}`,
        shape: ['number'],
        keysOf: ({ id }) => [id],
        load: (after, limit) =>
          searchElements(db, accountId, filter, after === null ? { limit } : { limit, after: after[0] as number }),
        loadNumbered: (page, limit) => searchElements(db, accountId, filter, { limit, offset: (page - 1) * limit }),
        count: () => {
          const key = JSON.stringify([accountId, words, tag, reference_type]);
          return counts.read(key, () => countElements(db, accountId, filter));
        },
      });
      const base = baseOf(readOrigin(request));
      return { data: rows.map((element) => presentElement(element, base)), ...rest };
    },
  });

  routes.route({
    method: 'GET',
    url: '/v1/elements/:element_id',
    config: { access: 'caller' },
    schema: {
      operationId: 'getElement',
      summary: 'Look at an element',
      description: 'Everything that was measured of it, its quality report, and where its files are.',
      tags: ['Elements'],
      params: ElementParams,
      response: { 200: ElementDetails, ...describeErrors(400, 401, 402, 404, 429, 500, 503) },
    },
    handler: async (request) => {
      const element = await findElement(db, findScope(request.caller), Number(request.params.element_id));
      if (element === null) throw elementNotFound();
      return presentElementDetails(element, baseOf(readOrigin(request)));
    },
  });

  routes.route({
    method: 'GET',
    url: '/v1/elements/:element_id/files/:name',
    config: { access: 'caller' },
    schema: {
      operationId: 'getElementFile',
      summary: "Download one of an element's files",
      description: 'Answers byte ranges.',
      tags: ['Elements'],
      params: FileParams,
      response: { ...describeBytes(), ...describeErrors(400, 401, 402, 404, 416, 429, 500, 503) },
    },
    handler: async (request, reply) => {
      const id = Number(request.params.element_id);
      if ((await findElement(db, findScope(request.caller), id)) === null) throw elementNotFound();
      const file = await findElementFile(db, id, request.params.name);
      if (file === null) throw elementFileNotFound();
      const options = { ageSecondsMax: fileAgeSeconds, absent: elementFileNotFound };
      return await sendStoredFile(context, file.storage_key, request, reply, options);
    },
  });

  routes.route({
    method: 'DELETE',
    url: '/v1/elements/:element_id',
    config: { access: 'caller' },
    schema: {
      operationId: 'deleteElement',
      summary: 'Delete an element',
      description: 'Videos made of it stay. Its files are removed an hour later; the id is never given to another.',
      tags: ['Elements'],
      params: ElementParams,
      response: { 200: Deleted, ...describeErrors(400, 401, 402, 404, 429, 500, 503) },
    },
    handler: async (request) => {
      const { element_id } = request.params;
      await deleteElement(context, request.caller.account_id, Number(element_id));
      return { element_id, status: 'deleted' as const };
    },
  });
}
