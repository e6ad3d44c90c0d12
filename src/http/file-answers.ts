import type { FastifyReply, FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Context } from '../flow/index.ts';
import type { AppError } from '../lib/errors.ts';
import { describeErrors } from './describe-api.ts';
import { ErrorBody } from './schema.ts';
import { presentError, sendError } from './send-error.ts';

/** The contract's own envelope of the file service (section 4.4): its schema. */
export function describeFileAnswer<T extends TSchema>(data: T) {
  return Type.Object({ success: Type.Literal(true), code: Type.Literal(200), msg: Type.String(), data });
}

/** An answer in that envelope. */
export function presentFileAnswer<T>(data: T) {
  return { success: true as const, code: 200 as const, msg: 'success', data };
}

/** The `errorHandler` of its routes. */
export function answerFileErrors({ log }: Context) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    sendError(log, error, request, reply, presentFileError);
}

/** Contract, section 4.4: what went wrong in this service's own words, and beside them as everywhere. */
function presentFileError(error: AppError, requestId: string): object {
  return { success: false, code: error.status, msg: error.message, ...presentError(error, requestId) };
}

/** The error answers of its routes, for their `response` schemas. */
export function describeFileErrors(...statuses: number[]) {
  const own = { success: Type.Literal(false), code: Type.Integer(), msg: Type.String() };
  const body = Type.Object({ ...own, ...ErrorBody.properties }, { title: 'FileError', additionalProperties: true });
  return Object.fromEntries(
    Object.entries(describeErrors(...statuses)).map(([status, { description }]) => [status, { ...body, description }]),
  );
}
