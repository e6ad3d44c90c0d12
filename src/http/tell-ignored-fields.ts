import type { FastifyReply } from 'fastify';
import { encodeFieldList } from '../lib/encode-field-list.ts';
import { type FieldName, renameField } from './rename-fields.ts';

/** The header that names what was sent and has no effect, each field as the form calls it; none where all had one. */
export function tellIgnoredFields(
  reply: FastifyReply,
  ignored: readonly string[],
  names: readonly FieldName[] = [],
): void {
  if (ignored.length === 0) return;
  reply.header('troupe-ignored-fields', encodeFieldList(ignored.map((path) => renameField(path, names))));
}
