import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { checkNul } from '../../lib/check-nul.ts';
import { compileCheck } from '../../lib/compile-check.ts';
import { omitEmptyFields } from '../../lib/omit-empty-fields.ts';
import { invalidRequest } from '../errors.ts';

/**
 * Checks parameters, queries and bodies with the same checker and the same sentences as everything else. Only a query's
 * whole numbers are read from their text, since a URL knows nothing but text; a body is never coerced. Of either, a field
 * that may be left out and is null or empty counts as left out.
 */
export const validatorCompiler: FastifySchemaCompiler<unknown> = ({ schema, httpPart }) => {
  // Of headers the schema only describes: what reads them knows their other forms and names them as they're written.
  if (httpPart === 'headers') return (sent: unknown) => ({ value: sent });
  const check = compileCheck(schema as TSchema);
  const integers = httpPart === 'querystring' ? listIntegers(schema as TSchema) : [];
  return (sent: unknown) => {
    const nul = httpPart === 'querystring' ? checkNul(sent) : null;
    if (nul !== null) return { error: invalidRequest(nul) };
    const value = httpPart === 'querystring' || httpPart === 'body' ? omitEmptyFields(schema as TSchema, sent) : sent;
    const checked = check(integers.length > 0 ? readIntegers(value as Record<string, unknown>, integers) : value);
    return checked.ok ? { value: checked.value } : { error: invalidRequest(checked.invalid) };
  };
};

/** For a route whose body is judged by the flow: the schema then only describes. */
export const acceptAnything: FastifySchemaCompiler<unknown> = () => (value: unknown) => ({ value });

function listIntegers(schema: TSchema): string[] {
  const { properties = {} } = schema as { properties?: Record<string, { type?: string }> };
  return Object.entries(properties)
    .filter(([, property]) => property.type === 'integer')
    .map(([name]) => name);
}

function readIntegers(query: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  const read = { ...query };
  for (const name of names) {
    const text = read[name];
    if (typeof text === 'string' && /^-?\d{1,15}$/.test(text)) read[name] = Number(text);
  }
  return read;
}
