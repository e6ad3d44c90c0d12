import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { checkFileNames, fileTooLarge } from '../../../../files/index.ts';
import { StoredFile } from '../../../../files/schema.ts';
import { type Context, fetchUpload, showFile, uploadFile } from '../../../../flow/index.ts';
import { parseBase64 } from '../../../../lib/parse-base64.ts';
import { isDataUrl, parseDataUrl } from '../../../../lib/parse-data-url.ts';
import { notAForm } from '../../../bodies/errors.ts';
import type { Places } from '../../../bodies/places.ts';
import { formBytesMax, receiveForm, type UploadedForm } from '../../../bodies/receive-upload.ts';
import { acceptAnything } from '../../../bodies/validate.ts';
import type { HttpSettings } from '../../../config.ts';
import { readOrigin } from '../../../connections/read-address.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { endWithClient } from '../../../end-with-client.ts';
import { invalidRequest } from '../../../errors.ts';
import { answerFileErrors, describeFileAnswer, describeFileErrors, presentFileAnswer } from '../file-answers.ts';

const base = '/api/v1/files/upload';

const names = {
  upload_path: Type.Optional(Type.String({ description: "The caller's own order, like `cars/red`." })),
  file_name: Type.Optional(Type.String({ description: 'What to call it; default: as it is called.' })),
};

const StreamBody = Type.Object({ file: Type.String({ format: 'binary', description: 'One file.' }), ...names });

const Base64Body = Type.Object({
  base64_data: Type.String({ minLength: 1, description: 'A data URL, or bare base64.' }),
  ...names,
});

const UrlBody = Type.Object({
  file_url: Type.String({
    minLength: 1,
    description: 'http or https URL that the server can fetch, or `file:FILE_ID` for a copy.',
  }),
  ...names,
});

/** The three ways of the hosted service to have a file kept (contract, section 4.4). */
export function registerUploads(app: FastifyInstance, context: Context, settings: HttpSettings, places: Places): void {
  // On its own, as no other route takes a form.
  app.register(async (scope) => {
    scope.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
    registerStream(scope, context, settings);
  });
  registerJsonUploads(app, context, places);
}

const tags = ['Files'];
const uploadAnswers = {
  200: describeFileAnswer(StoredFile),
  ...describeFileErrors(400, 401, 402, 408, 409, 413, 415, 429, 500, 503),
};

function registerStream(app: FastifyInstance, context: Context, settings: HttpSettings): void {
  const { fileBytesMax } = context.config.files;
  app.route({
    method: 'POST',
    url: `${base}/stream`,
    errorHandler: answerFileErrors(context),
    bodyLimit: fileBytesMax + formBytesMax,
    // The form is read while it comes; the schema only describes it.
    validatorCompiler: acceptAnything,
    config: { access: 'caller', requestMs: settings.uploadSeconds * 1000 },
    schema: {
      operationId: 'uploadFile',
      summary: 'Keep a file here for a while',
      description:
        'A form (`multipart/form-data`) with the file as `file`, and perhaps `file_name` and `upload_path`. The type is ' +
        'told by its bytes: JPEG, PNG, WebP, HEIC, AVIF; MP4, MOV, WebM; WAV, MP3, AAC, M4A, FLAC, Ogg. With ' +
        '`X-Evo-Upload-Id` a repeated upload answers the first one.',
      tags,
      consumes: ['multipart/form-data'],
      body: StreamBody,
      response: uploadAnswers,
    },
    handler: async (request) => {
      if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) throw notAForm();
      const announced = readLength(request);
      if (announced !== null && announced - formBytesMax > fileBytesMax) throw fileTooLarge(fileBytesMax);
      using opened = new DisposableStack();
      let form: UploadedForm | undefined;
      let original_name = '';
      const stored = await uploadFile(context, {
        accountId: request.caller.account_id,
        uploadId: readUploadId(request),
        leastBytes: announced === null ? 1 : Math.max(1, announced - formBytesMax),
        mostBytes: announced ?? fileBytesMax,
        async open() {
          form = opened.use(receiveForm(request));
          const part = await form.file;
          original_name = part.name;
          return part.bytes;
        },
        async describe() {
          const fields = (await form?.fields) ?? new Map<string, string>();
          return checkFileNames({
            original_name,
            file_name: fields.get('file_name') ?? fields.get('fileName') ?? '',
            upload_path: fields.get('upload_path') ?? fields.get('uploadPath') ?? '',
          });
        },
      });
      return presentFileAnswer(showFile(context, stored, readOrigin(request)));
    },
  });
}

/** Null where the length isn't told. */
function readLength({ headers }: FastifyRequest): number | null {
  const length = headers['transfer-encoding'] === undefined ? headers['content-length'] : undefined;
  return length === undefined ? null : Number(length);
}

function readUploadId({ headers }: FastifyRequest): string | null {
  const given = headers['x-evo-upload-id'];
  if (given === undefined || given === '') return null;
  if (typeof given === 'string' && /^[A-Za-z0-9][A-Za-z0-9_-]{15,127}$/.test(given)) return given;
  const param = 'X-Evo-Upload-Id';
  throw invalidRequest({ param, message: `${param}: must be 16 to 128 letters, digits and _ -` });
}

function registerJsonUploads(app: FastifyInstance, context: Context, places: Places): void {
  const routes = withSchemaTypes(app);
  routes.route({
    method: 'POST',
    url: `${base}/base64`,
    config: { access: 'caller' },
    errorHandler: answerFileErrors(context),
    schema: {
      operationId: 'uploadEncodedFile',
      summary: 'Keep a file that comes as base64',
      description: 'For small files: the whole body is read first, so it may have `TROUPE_BODY_BYTES` at most.',
      tags,
      body: Base64Body,
      response: uploadAnswers,
    },
    handler: async (request) => {
      const { base64_data, ...given } = request.body;
      const described = checkFileNames(given);
      const bytes = parseData(base64_data, context.config.files.fileBytesMax);
      const stored = await uploadFile(context, {
        accountId: request.caller.account_id,
        uploadId: readUploadId(request),
        leastBytes: bytes.length,
        mostBytes: bytes.length,
        open: async () => inPieces(bytes),
        describe: async () => described,
      });
      return presentFileAnswer(showFile(context, stored, readOrigin(request)));
    },
  });
  routes.route({
    method: 'POST',
    url: `${base}/url`,
    config: { access: 'caller' },
    errorHandler: answerFileErrors(context),
    schema: {
      operationId: 'uploadFileFromUrl',
      summary: 'Keep a file that the server fetches',
      description: 'Fetched as reference media are: from public addresses only.',
      tags,
      body: UrlBody,
      response: uploadAnswers,
    },
    handler: async (request, reply) => {
      const { file_url, ...given } = request.body;
      const { account_id: accountId } = request.caller;
      const uploadId = readUploadId(request);
      const signal = endWithClient(reply);
      using _place = places.take(accountId);
      await using fetched = await fetchUpload(context, accountId, file_url, signal);
      const described = checkFileNames({ ...given, original_name: fetched.name });
      const { bytes } = fetched;
      const stored = await uploadFile(context, {
        accountId,
        uploadId,
        leastBytes: bytes,
        mostBytes: bytes,
        open: async () => fetched.read(),
        describe: async () => described,
      });
      return presentFileAnswer(showFile(context, stored, readOrigin(request)));
    },
  });
}

function parseData(text: string, bytesMax: number): Buffer {
  const param = 'base64_data';
  const verdict = isDataUrl(text) ? parseDataUrl(text, bytesMax) : parseBase64(text, bytesMax);
  if (verdict.ok) return verdict.bytes;
  if (verdict.reason === 'too_large') throw fileTooLarge(bytesMax);
  throw invalidRequest({ param, message: `${param}: ${verdict.message}` });
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 2 ** 20) yield bytes.subarray(at, at + 2 ** 20);
}
