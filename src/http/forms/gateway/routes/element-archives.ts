import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { findScope } from '../../../../accounts/index.ts';
import { presentElementDetails } from '../../../../elements/index.ts';
import { ElementDetails } from '../../../../elements/schema.ts';
import { type Context, exportElement, importElement } from '../../../../flow/index.ts';
import type { Places } from '../../../bodies/places.ts';
import { receiveFile } from '../../../bodies/receive-file.ts';
import { acceptAnything } from '../../../bodies/validate.ts';
import type { HttpSettings } from '../../../config.ts';
import { readOrigin } from '../../../connections/read-address.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { endWithClient } from '../../../end-with-client.ts';
import { archiveExpected, importsOff } from '../../../errors.ts';
import { describeErrors } from '../describe-errors.ts';
import { ElementParams } from './elements.ts';

const zipType = 'application/zip';

/** What programs call an archive that they send; the bytes decide. */
const archiveTypes = [zipType, 'application/x-zip-compressed', 'application/x-zip', 'application/octet-stream'];

const ImportedElement = Type.Object(
  {
    ...ElementDetails.properties,
    left_out: Type.Optional(
      Type.Array(Type.String(), {
        description: 'What of the archive could not be taken along, each with the reason; absent when all was.',
      }),
    ),
  },
  { title: 'ImportedElement', additionalProperties: true },
);

/** An element as one file, out and in. */
export async function registerElementArchives(
  app: FastifyInstance,
  context: Context,
  settings: HttpSettings,
  places: Places,
): Promise<void> {
  const routes = withSchemaTypes(app);

  routes.route({
    method: 'GET',
    url: '/v1/elements/:element_id/export',
    config: { access: 'caller' },
    schema: {
      operationId: 'exportElement',
      summary: 'Export an element as one file',
      description:
        'A ZIP archive with every picture, `element.json` and `SHA256SUMS`; the README in it says what is what. It can be ' +
        'imported into any server of this kind.',
      tags: ['Elements'],
      params: ElementParams,
      response: {
        200: {
          description: 'The archive, streamed.',
          content: { [zipType]: { schema: { type: 'string', format: 'binary' } } },
        },
        ...describeErrors(400, 401, 402, 404, 429, 500, 503),
      },
    },
    handler: async (request, reply) => {
      const { element_id } = request.params;
      const { stream, sizeBytes } = await exportElement(context, findScope(request.caller), Number(element_id));
      reply.headers({
        'content-type': zipType,
        'content-length': sizeBytes,
        'content-disposition': `attachment; filename="element-${element_id}.zip"`,
      });
      return reply.send(stream);
    },
  });

  // A parser of its own: on all other routes this type of body stays refused.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(archiveTypes, (request: FastifyRequest, payload: unknown) =>
      receiveArchive(context, places, request, payload as IncomingMessage),
    );
    scope.addContentTypeParser('*', (_request, _payload, done) => done(archiveExpected()));

    scope.route({
      method: 'POST',
      url: '/v1/elements/import',
      config: { access: 'caller', startsTask: true, requestMs: settings.uploadSeconds * 1000 },
      bodyLimit: Math.max(1, context.config.flow.importBytesMax),
      validatorCompiler: acceptAnything,
      schema: {
        operationId: 'importElement',
        summary: 'Import an element',
        description:
          'The body is an archive that `GET /v1/elements/{element_id}/export` wrote. It is refused whole, with the entry ' +
          'and the rule, when a sum, a name or a fact is off or a picture would be refused at creation. The element keeps ' +
          'its id where that is free here. Charges nothing.',
        tags: ['Elements'],
        consumes: [zipType],
        response: { 200: ImportedElement, ...describeErrors(400, 401, 402, 408, 413, 415, 429, 500, 503) },
      },
      preParsing: async () => {
        if (context.config.flow.importBytesMax === 0) throw importsOff();
      },
      handler: async (request, reply) => {
        if (!isArchive(request.body)) throw archiveExpected();
        await using received = request.body;
        const { element, leftOut } = await importElement(context, {
          account_id: request.caller.account_id,
          path: received.path,
          workFolder: received.folder,
          signal: endWithClient(reply),
        });
        const base = context.config.flow.publicUrl ?? readOrigin(request) ?? '';
        const details = presentElementDetails(element, base);
        return leftOut.length === 0 ? details : { ...details, left_out: [...leftOut] };
      },
    });
  });
}

/** An archive in a folder of its own, which is gone with it. */
interface ReceivedArchive extends AsyncDisposable {
  folder: string;
  path: string;
}

async function receiveArchive(
  { workFolder }: Context,
  places: Places,
  request: FastifyRequest,
  payload: IncomingMessage,
): Promise<ReceivedArchive> {
  const place = places.take(request.caller.account_id);
  const folder = join(workFolder, `import-${randomUUID()}`);
  const path = join(folder, 'archive.zip');
  async function leave(): Promise<void> {
    using _place = place;
    await rm(folder, { recursive: true, force: true });
  }
  try {
    await mkdir(folder);
    await receiveFile(request, payload, path);
  } catch (error) {
    await leave();
    throw error;
  }
  return { folder, path, [Symbol.asyncDispose]: leave };
}

function isArchive(body: unknown): body is ReceivedArchive {
  return typeof body === 'object' && body !== null && Symbol.asyncDispose in body;
}
