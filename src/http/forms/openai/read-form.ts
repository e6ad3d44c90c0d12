import { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../lib/errors.ts';
import { formNotUtf8, malformedForm } from '../../bodies/errors.ts';
import { isWhole } from '../../bodies/is-whole.ts';
import { invalidRequest } from '../../errors.ts';

/** More than any request has, and too few to cost anything. */
const limits = { fields: 200, files: 8, parts: 208, fieldNameSize: 200, headerPairs: 16, headerSize: 4096 };

/**
 * The body that a form (`multipart/form-data`) stands for, as the vendor's SDKs write one: `a[b]` is a field of an object,
 * `a[]` an item of a list, and a file becomes `{image_url: "data:…"}`. Throws 400 `invalid_request` for a broken form, a field that is
 * no UTF-8, and one that stands in it twice: what was made would follow one of the two.
 */
export async function readForm({ headers }: FastifyRequest, bytes: Buffer): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  const reading = Promise.withResolvers<void>();
  try {
    const parser = new Busboy({
      headers: { ...headers, 'content-type': headers['content-type'] ?? '' },
      limits: { ...limits, fieldSize: bytes.length, fileSize: bytes.length },
    });
    const keep = (name: string, value: unknown) => {
      const refused = put(body, name, value);
      if (refused !== null) reading.reject(refused);
    };
    parser.on('field', (name, value) => {
      if (!isWhole(name) || !isWhole(value)) return reading.reject(formNotUtf8(name));
      keep(name, value);
    });
    parser.on('file', (name, stream, _fileName, _encoding, type) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('error', reading.reject);
      stream.on('end', () => {
        const image_url = `data:${/^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream'};base64,${Buffer.concat(chunks).toString('base64')}`;
        keep(name ?? '', { image_url });
      });
    });
    for (const event of ['fieldsLimit', 'filesLimit', 'partsLimit'] as const) {
      parser.on(event, () => reading.reject(new Error('holds too many parts')));
    }
    parser.on('error', reading.reject);
    parser.on('finish', () => reading.resolve());
    Readable.from([bytes]).pipe(parser);
    await reading.promise;
  } catch (error) {
    throw error instanceof AppError ? error : malformedForm((error as Error).message);
  }
  return body;
}

/** Levels of a field's name; the deepest that any request has is three. */
const depthMax = 5;

/** What is wrong with the name, or null: the parser's listeners must not throw, nobody would catch it. */
function put(body: Record<string, unknown>, name: string, value: unknown): Error | null {
  const [, first = name, rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  const keys = [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, key]) => key ?? '')];
  if (
    keys.length > depthMax ||
    keys.some((key) => key === '__proto__' || key === 'constructor' || key === 'prototype')
  ) {
    return new Error('holds a field whose name is none');
  }
  let place: Record<string, unknown> | unknown[] = body;
  for (const [at, key] of keys.entries()) {
    const isLast = at === keys.length - 1;
    if (isLast && !Array.isArray(place) && Object.hasOwn(place, key)) {
      return invalidRequest({ param: name, message: `${name}: stands in the form twice, must stand in it once` });
    }
    const next: unknown = isLast ? value : keys[at + 1] === '' || /^\d+$/.test(keys[at + 1] ?? '') ? [] : {};
    place = step(place, key, next, isLast ? undefined : keys[at + 1]) as typeof place;
  }
  return null;
}

/** Goes into `place[key]`, which `next` is put into where nothing stands, or what stands there doesn't go on. */
function step(
  place: Record<string, unknown> | unknown[],
  key: string,
  next: unknown,
  after: string | undefined,
): unknown {
  if (Array.isArray(place)) {
    const last: unknown = place.at(-1);
    // Each item of a list of objects begins with its first field: the next field of the same name is the next item's.
    const goesOn = after !== undefined && typeof last === 'object' && last !== null && !Object.hasOwn(last, after);
    if (goesOn) return last;
    place.push(next);
    return next;
  }
  const known = place[key];
  if (after !== undefined && typeof known === 'object' && known !== null) return known;
  place[key] = next;
  return next;
}
