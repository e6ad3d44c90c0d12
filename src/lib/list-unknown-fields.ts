import type { TSchema } from 'typebox';
import { joinPath } from './describe-invalid.ts';

/** Paths returned at most, and code points of one unknown key shown at most. */
const fieldsMax = 200;
const keyMax = 40;

interface Node {
  properties?: Record<string, Node>;
  items?: Node;
  anyOf?: Node[];
  additionalProperties?: unknown;
}

/**
 * Paths of the fields of `value` that `schema` does not mention, in the order they were sent; below an unknown field
 * nothing more is listed. With a union a field is known when any branch knows it. Returns at most 200 paths, each key cut
 * to 40 code points. An object without described members, or declared open by `additionalProperties`, has no unknown ones.
 */
export function listUnknownFields(schema: TSchema, value: unknown): string[] {
  return listUnknown([schema], value).map(({ path }) => path);
}

/** A field that no schema mentions, with what was sent in it. */
export interface UnknownField {
  path: string;
  key: string;
  value: unknown;
}

/** As `listUnknownFields`, with the values; a field is known when any of `schemas` knows it. */
export function listUnknown(schemas: readonly object[], value: unknown): UnknownField[] {
  const unknown: UnknownField[] = [];
  collect(schemas as readonly Node[], value, '', unknown);
  return unknown;
}

function collect(schemas: readonly Node[], value: unknown, path: string, unknown: UnknownField[]): void {
  const nodes = schemas.some((schema) => schema.anyOf)
    ? schemas.flatMap((schema) => schema.anyOf ?? [schema])
    : schemas;
  if (Array.isArray(value)) {
    const items = nodes.flatMap((node) => node.items ?? []);
    if (items.length === 0) return;
    for (const [index, item] of value.entries()) {
      if (unknown.length >= fieldsMax) return;
      collect(items, item, joinPath(path, index), unknown);
    }
    return;
  }
  if (nodes.some((node) => node.additionalProperties)) return;
  if (typeof value !== 'object' || value === null || !nodes.some((node) => node.properties)) return;
  for (const [key, child] of Object.entries(value)) {
    if (unknown.length >= fieldsMax) return;
    const known = listMembers(nodes, key);
    if (known.length === 0) unknown.push({ path: joinPath(path, cutKey(key)), key, value: child });
    else if (typeof child === 'object' && child !== null) collect(known, child, joinPath(path, key), unknown);
  }
}

function listMembers(nodes: readonly Node[], key: string): Node[] {
  const members: Node[] = [];
  for (const { properties } of nodes) {
    if (properties !== undefined && Object.hasOwn(properties, key)) members.push(properties[key] as Node);
  }
  return members;
}

function cutKey(key: string): string {
  const points = Array.from(key.slice(0, 2 * keyMax + 2));
  return points.length > keyMax ? `${points.slice(0, keyMax).join('')}...` : key;
}
