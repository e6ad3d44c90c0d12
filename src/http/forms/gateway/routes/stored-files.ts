import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import {
  countFiles,
  fileNotFound,
  findUpload,
  isFileId,
  listFiles,
  listFilesAfter,
  measureUsage,
  type StoredFile as StoredFileRow,
} from '../../../../files/index.ts';
import { FileQuota, StoredFile } from '../../../../files/schema.ts';
import { type Context, deleteFile, findDownload, showFile } from '../../../../flow/index.ts';
import { authenticate } from '../../../callers/authenticate.ts';
import { readOrigin } from '../../../connections/read-address.ts';
import { describeBytes } from '../../../document/describe-api.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { linkExpired } from '../../../errors.ts';
import { sendStoredFile } from '../../../send-stored-file.ts';
import { pageFields } from '../cursor-page.ts';
import { answerFileErrors, describeFileAnswer, describeFileErrors, presentFileAnswer } from '../file-answers.ts';
import { describeEitherPage, eitherPageDescription, loadEitherPage, numberedPageFields } from '../numbered-page.ts';

const base = '/api/v1/files';
const tags = ['Files'];

const ListQuery = Type.Object({
  page: numberedPageFields.page,
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  ...pageFields,
});

const FileParams = Type.Object({
  file_id: Type.String({
    pattern: '^file_[a-z0-9]{1,60}$',
    'x-rule': 'must be the id of a file, like file_…',
    examples: ['file_5k2m8q0w3x7z1a9b4c6d8e0f'],
  }),
});

const UploadParams = Type.Object({
  upload_id: Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{15,127}$',
    'x-rule': 'must be 16 to 128 letters, digits and _ -',
  }),
});

const DownloadQuery = Type.Object({
  expires: Type.Optional(Type.String({ description: 'Of a `download_url`; without it a key is due.' })),
  signature: Type.Optional(Type.String()),
});

const { data: files, total, next_cursor } = describeEitherPage(StoredFile).properties;
const FilePage = Type.Object({ total, files, next_cursor });

/** What is kept of an account, under the paths and with the answers of the hosted service (contract, section 4.4). */
export function registerStoredFiles(app: FastifyInstance, context: Context): void {
  registerLibrary(app, context);
  registerReceipts(app, context);
  registerDownload(app, context);
}

function registerLibrary(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const { db } = context.database;
  routes.route({
    method: 'GET',
    url: `${base}/quota`,
    config: { access: 'caller' },
    errorHandler: answerFileErrors(context),
    schema: {
      operationId: 'getFileQuota',
      summary: 'How many files the account may still keep',
      tags,
      response: { 200: describeFileAnswer(FileQuota), ...describeFileErrors(401, 402, 429, 500, 503) },
    },
    handler: async (request) => {
      const { countMax, bytesMax } = context.config.files;
      const used = await measureUsage(db, request.caller.account_id, context.clock.now());
      return presentFileAnswer({
        user_group: 'default',
        used_files: used.files,
        max_files: countMax,
        remain_files: Math.max(0, countMax - used.files),
        used_bytes: used.bytes,
        max_bytes: bytesMax,
        remain_bytes: Math.max(0, bytesMax - used.bytes),
        is_custom: false,
        quota_reason: '',
      });
    },
  });
  routes.route({
    method: 'GET',
    url: `${base}/list`,
    config: { access: 'caller' },
    errorHandler: answerFileErrors(context),
    schema: {
      operationId: 'listFiles',
      summary: "List the account's files, newest first",
      description: eitherPageDescription.replace('page_size', 'pageSize'),
      tags,
      querystring: ListQuery,
      response: {
        200: describeFileAnswer(FilePage),
        ...describeFileErrors(400, 401, 402, 429, 500, 503),
      },
    },
    handler: async (request) => {
      const { pageSize: page_size, ...query } = request.query;
      const accountId = request.caller.account_id;
      const now = context.clock.now();
      const { rows, next_cursor, ...counted } = await loadEitherPage<StoredFileRow>(
        { ...query, page_size },
        {
          list: 'files',
          shape: ['string'],
          keysOf: ({ id }) => [id],
          load: (after, countMax) => listFilesAfter(db, accountId, now, (after?.[0] as string) ?? null, countMax),
          loadNumbered: (page, pageSize) => listFiles(db, accountId, now, { page, pageSize }),
          count: () => countFiles(db, accountId, now),
        },
      );
      const origin = readOrigin(request);
      const files = rows.map((file) => showFile(context, file, origin));
      return presentFileAnswer({ ...('total' in counted ? { total: counted.total } : {}), files, next_cursor });
    },
  });
  routes.route({
    method: 'DELETE',
    url: `${base}/:file_id`,
    config: { access: 'caller' },
    errorHandler: answerFileErrors(context),
    schema: {
      operationId: 'deleteFile',
      summary: 'Delete a file',
      description: 'Its links end at once. Tasks that were given it keep it until they have ended.',
      tags,
      params: FileParams,
      response: {
        200: describeFileAnswer(Type.Object({ file_id: Type.String() })),
        ...describeFileErrors(400, 401, 402, 404, 429, 500, 503),
      },
    },
    handler: async (request) => {
      const { file_id } = request.params;
      if (!isFileId(file_id)) throw fileNotFound();
      await deleteFile(context, request.caller.account_id, file_id);
      return presentFileAnswer({ file_id });
    },
  });
}

function registerReceipts(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const { db } = context.database;
  routes.route({
    method: 'GET',
    url: `${base}/upload-receipts/:upload_id`,
    config: { access: 'caller' },
    errorHandler: answerFileErrors(context),
    schema: {
      operationId: 'getUploadReceipt',
      summary: 'What became of an upload',
      description: "By the client's own `X-Evo-Upload-Id`, for a client whose connection broke.",
      tags,
      params: UploadParams,
      response: {
        200: describeFileAnswer(
          Type.Object({
            upload_id: Type.String(),
            state: Type.Union([Type.Literal('done'), Type.Literal('outcome_unknown')]),
            result_verified: Type.Boolean(),
            file: Type.Optional(StoredFile),
          }),
        ),
        ...describeFileErrors(400, 401, 402, 429, 500, 503),
      },
    },
    handler: async (request) => {
      const { upload_id } = request.params;
      const row = await findUpload(db, request.caller.account_id, upload_id, context.clock.now());
      if (row === null || row.media_type === null || row.sha256 === null) {
        return presentFileAnswer({ upload_id, state: 'outcome_unknown' as const, result_verified: false });
      }
      const file = showFile(context, { ...row, media_type: row.media_type, sha256: row.sha256 }, readOrigin(request));
      return presentFileAnswer({ upload_id, state: 'done' as const, result_verified: true, file });
    },
  });
}

function registerDownload(app: FastifyInstance, context: Context): void {
  const routes = withSchemaTypes(app);
  const askForKey = authenticate(context);
  routes.route({
    method: 'GET',
    url: `${base}/download/:file_id`,
    // A link is as good as a key here.
    config: { access: 'open' },
    errorHandler: answerFileErrors(context),
    onRequest: async (request, reply) => {
      if ((request.query as { signature?: unknown }).signature === undefined) await askForKey(request, reply);
    },
    schema: {
      operationId: 'downloadFile',
      summary: 'Download a file',
      description: 'With a `download_url`, which needs no key, or with a key of the account. Answers byte ranges.',
      tags,
      security: [{ bearer: [] }, {}],
      params: FileParams,
      querystring: DownloadQuery,
      response: { ...describeBytes(), ...describeFileErrors(400, 401, 402, 404, 410, 416, 429, 500, 503) },
    },
    handler: async (request, reply) => {
      const { file_id } = request.params;
      const { expires = '', signature } = request.query;
      if (!isFileId(file_id)) throw fileNotFound();
      const reader = signature === undefined ? { accountId: request.caller.account_id } : { expires, signature };
      const found = await findDownload(context, file_id, reader);
      if (found === null) throw linkExpired();
      const left = Math.floor((found.file.expires_at.getTime() - context.clock.now().getTime()) / 1000);
      reply.header('content-disposition', writeDisposition(found.file.file_name));
      return await sendStoredFile(context, found.key, request, reply, {
        ageSecondsMax: Math.max(0, left),
        absent: linkExpired,
      });
    },
  });
}

/** RFC 6266: the name in ASCII for old programs, and as it is. */
function writeDisposition(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
