import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../lib/errors.ts';
import { watchPace } from '../connections/watch-pace.ts';
import { formNotUtf8, malformedUpload } from './errors.ts';
import { noteReadBytes } from './free-buffers.ts';
import { isWhole } from './is-whole.ts';

/** The `file` part of a form, whose bytes come as they are read. */
interface UploadedPart {
  /** As the client calls it; '' where it doesn't say. */
  name: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** Once disposed of, what still comes is thrown away: whoever has no use for the rest has to, or it is waited for without end. */
export interface UploadedForm extends Disposable {
  /** Resolves when the file begins. */
  file: Promise<UploadedPart>;
  /** The other fields, once all has come; only then is the form known to be whole. */
  fields: Promise<ReadonlyMap<string, string>>;
}

/** Bytes of a form that are not its file's: boundaries, headers, fields. Real ones have less than 1,000. */
export const formBytesMax = 64 * 1024;

/** What is kept of any of them. */
const limits = {
  files: 1,
  fields: 16,
  parts: 17,
  fieldNameSize: 100,
  fieldSize: 4096,
  headerPairs: 16,
  headerSize: 4096,
};

/**
 * Reads `multipart/form-data` of one file, the part `fileField`, and small fields as it comes, no faster than it is taken. Nothing but the
 * piece under way is in memory, so it counts in no budget. Both promises reject, and so do the bytes of the file, with
 * 400 `invalid_request` for a form that is broken, cut short, or holds more than a form may; 408 when it comes too slowly;
 * `fields` with 401 and 402 for a key that was disabled meanwhile.
 * What still comes then is thrown away.
 */
export function receiveForm(request: FastifyRequest, fileField = 'file'): UploadedForm {
  const payload = request.raw;
  const file = Promise.withResolvers<UploadedPart>();
  const end = Promise.withResolvers<ReadonlyMap<string, string>>();
  // The first to read tells.
  file.promise.catch(() => undefined);
  end.promise.catch(() => undefined);
  const fields = new Map<string, string>();
  let part: BusboyFileStream | undefined;
  let bytes = 0;

  const opened = openParser(request, fileField);
  if (opened instanceof AppError) {
    file.reject(opened);
    end.reject(opened);
    return { file: file.promise, fields: end.promise, [Symbol.dispose]: () => undefined };
  }
  const parser = opened;
  const stopWatch = watchPace(payload, () => bytes, stop);

  function stop(error: Error): void {
    stopWatch();
    payload.off('data', take).off('end', finish).off('close', cut);
    payload.resume();
    parser.destroy();
    part?.destroy(error);
    file.reject(error);
    end.reject(error);
  }
  function take(chunk: Buffer): void {
    bytes += chunk.length;
    noteReadBytes(chunk.length);
    const goesOn = parser.write(chunk);
    if (bytes - (part?.bytesRead ?? 0) > formBytesMax + chunk.length) stop(tooMuch());
    else if (!goesOn) payload.pause();
  }
  const finish = () => void parser.end();
  const cut = () => {
    if (!payload.readableEnded) stop(malformedUpload('the connection ended before it did'));
  };

  parser.on('drain', () => payload.resume());
  parser.on('file', (field, stream, name) => {
    // It fails with the form, for each reader.
    stream.on('error', () => undefined);
    if (field !== fileField) {
      return stop(malformedUpload(`a file comes as the field ${fileField}, not ${field?.slice(0, 40)}`));
    }
    part = stream;
    file.resolve({ name: name ?? '', bytes: readPart(stream) });
  });
  parser.on('field', (name, value, nameCut, valueCut) => {
    if (nameCut || valueCut) return stop(tooMuch());
    if (!isWhole(name) || !isWhole(value)) return stop(formNotUtf8(name));
    fields.set(name, value);
  });
  parser.on('filesLimit', () => stop(malformedUpload('holds more than one file')));
  for (const event of ['fieldsLimit', 'partsLimit'] as const) parser.on(event, () => stop(tooMuch()));
  parser.on('error', (error) => stop(malformedUpload((error as Error).message)));
  parser.on('finish', () => {
    stopWatch();
    payload.off('close', cut);
    if (part === undefined) return stop(malformedUpload(`holds no part named ${fileField} with a file name`));
    (request.confirmCaller?.() ?? Promise.resolve()).then(() => end.resolve(fields), stop);
  });
  payload.on('data', take).once('end', finish).once('close', cut);
  payload.on('error', () => undefined);
  // A client may have left while its key was asked for.
  if (payload.destroyed) cut();
  else request.continueBody?.();
  return { file: file.promise, fields: end.promise, [Symbol.dispose]: () => stop(malformedUpload('was left')) };
}

/** The parser tells a part that is cut short on the part itself, in an error of its own, before it fails as a whole. */
async function* readPart(stream: BusboyFileStream): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* stream;
  } catch (error) {
    throw error instanceof AppError ? error : malformedUpload((error as Error).message);
  }
}

function openParser({ headers }: FastifyRequest, fileField: string): BusboyInstance | AppError {
  try {
    const type = headers['content-type'] ?? '';
    // By its name too: some clients send a file without a name of its own.
    const isFile = (field?: string, _type?: string, fileName?: string) => fileName !== undefined || field === fileField;
    return new Busboy({ headers: { ...headers, 'content-type': type }, limits, isPartAFile: isFile });
  } catch (error) {
    return malformedUpload((error as Error).message);
  }
}

function tooMuch(): AppError {
  return malformedUpload(`holds more beside its file than a form may (${formBytesMax} bytes, ${limits.fields} fields)`);
}
