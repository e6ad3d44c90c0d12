import { Type } from 'typebox';
import { checkFileNames, fileTooLarge } from '../../../files/index.ts';
import { fetchUpload, showCredits, showFile, uploadFile } from '../../../flow/index.ts';
import { parseBase64 } from '../../../lib/parse-base64.ts';
import { isDataUrl, parseDataUrl } from '../../../lib/parse-data-url.ts';
import { invalidRequest } from '../../errors.ts';
import { defineTool, type ToolCall } from './tool.ts';

export const getCredits = defineTool({
  name: 'get_credits',
  title: 'Look at the credits',
  description: 'What this key may still spend, and what its account has, has spent and holds for unfinished tasks.',
  effect: 'reads',
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({
    remaining_credits: Type.Number({ description: 'What this key may spend now.' }),
    account_credits: Type.Number(),
    reserved_credits: Type.Number(),
    used_credits: Type.Number(),
  }),
  async run({ context, caller }) {
    const { token, user } = await showCredits(context, caller);
    const structured = {
      remaining_credits: token.remaining_credits,
      account_credits: user.remaining_credits,
      reserved_credits: user.reserved_credits,
      used_credits: user.used_credits,
    };
    const text = `This key may spend ${token.remaining_credits} credits; ${user.reserved_credits} are reserved by unfinished tasks.`;
    return { text, structured };
  },
});

export const uploadFileTool = defineTool({
  name: 'upload_file',
  title: 'Keep a file on the server',
  description: 'Keeps a picture or video for a few days, to be named as `file:FILE_ID` in other tools. Costs nothing.',
  effect: 'adds',
  input: Type.Object(
    {
      url: Type.Optional(Type.String({ description: 'Where the server can fetch it.' })),
      base64: Type.Optional(Type.String({ description: 'In place of url: its bytes in base64, or a data URL.' })),
      name: Type.Optional(Type.String({ description: 'What to call it.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    file: Type.String({ description: 'As other tools take it.', examples: ['file:file_5k2m8q0w3x7z1a9b4c6d8e0f'] }),
    file_id: Type.String(),
    bytes: Type.Integer(),
    media_type: Type.String(),
  }),
  async run(call, { url, base64, name = '' }) {
    if (url !== undefined && base64 !== undefined) {
      throw invalidRequest({ param: 'base64', message: 'base64: is given beside url, a file comes by one of them' });
    }
    const stored = base64 === undefined ? await keepFetched(call, url, name) : await keepGiven(call, base64, name);
    const shown = showFile(call.context, stored, call.origin);
    const structured = {
      file: `file:${shown.file_id}`,
      file_id: shown.file_id,
      bytes: shown.file_size,
      media_type: shown.mime_type,
    };
    return { text: `Kept: name it as ${structured.file}.`, structured };
  },
});

async function keepFetched({ context, caller, places, signal }: ToolCall, url: string | undefined, name: string) {
  if (url === undefined) throw invalidRequest({ param: 'url', message: 'url: is required unless base64 is given' });
  const { account_id: accountId } = caller;
  using _place = places.take(accountId);
  await using fetched = await fetchUpload(context, accountId, url, signal);
  const described = checkFileNames({ file_name: name, original_name: fetched.name, upload_path: '' });
  const { bytes } = fetched;
  return await uploadFile(context, {
    accountId,
    uploadId: null,
    leastBytes: bytes,
    mostBytes: bytes,
    open: async () => fetched.read(),
    describe: async () => described,
  });
}

async function keepGiven({ context, caller }: ToolCall, text: string, name: string) {
  const { fileBytesMax } = context.config.files;
  const verdict = isDataUrl(text) ? parseDataUrl(text, fileBytesMax) : parseBase64(text, fileBytesMax);
  if (!verdict.ok && verdict.reason === 'too_large') throw fileTooLarge(fileBytesMax);
  if (!verdict.ok) throw invalidRequest({ param: 'base64', message: `base64: ${verdict.message}` });
  const { bytes } = verdict;
  const described = checkFileNames({ file_name: name, original_name: '', upload_path: '' });
  return await uploadFile(context, {
    accountId: caller.account_id,
    uploadId: null,
    leastBytes: bytes.length,
    mostBytes: bytes.length,
    open: async () => list(bytes),
    describe: async () => described,
  });
}

async function* list(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
