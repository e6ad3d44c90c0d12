import { build } from 'fast-json-stringify';
import type { FastifySerializerCompiler } from 'fastify';

type Serialize = ReturnType<typeof build>;

/**
 * Writes answers as their schemas have them, as Fastify does by itself, but the code for a schema is made at its first answer:
 * that of all routes took a fifth of a server's start, and most of it is never run.
 */
export const serializerCompiler: FastifySerializerCompiler<object> = ({ schema }) => {
  let serialize: Serialize | undefined;
  return (answer) => {
    serialize ??= build(schema);
    return serialize(answer);
  };
};
