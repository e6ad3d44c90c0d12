import { build } from 'fast-json-stringify';
import type { FastifySerializerCompiler } from 'fastify';

type Serialize = ReturnType<typeof build>;

/** Many routes answer by the same schema. */
const made = new WeakMap<object, Serialize>();

/**
 * Writes answers as their schemas have them, as Fastify does by itself, but the code for a schema is made at its first answer,
 * once for all routes: that of all of them took a fifth of a server's start, and most of it is never run.
 */
export const serializerCompiler: FastifySerializerCompiler<object> = ({ schema }) => {
  return (answer) => {
    const serialize = made.get(schema) ?? build(schema);
    made.set(schema, serialize);
    return serialize(answer);
  };
};
