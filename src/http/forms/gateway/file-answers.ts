import type { FastifyReply, FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Context } from '../../../flow/index.ts';
import type { AppError } from '../../../lib/errors.ts';
import { type ErrorAnswer, sendError } from '../../send-error.ts';
import { describeErrors } from './describe-errors.ts';
import { presentError } from './present-error.ts';
import { ErrorBody } from './schema.ts';

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
function presentFileError(error: AppError, requestId: string): ErrorAnswer {
  const { status, message } = error;
  return { status, body: { success: false, code: status, msg: message, ...presentError(error, requestId) } };
}

/** The error answers of its routes, for their `response` schemas. */
export function describeFileErrors(...statuses: number[]) {
  const own = { success: Type.Literal(false), code: Type.Integer(), msg: Type.String() };
  const body = Type.Object({ ...own, ...ErrorBody.properties }, { title: 'FileError', additionalProperties: true });
  return Object.fromEntries(
    Object.entries(describeErrors(...statuses)).map(([status, { description }]) => [status, { ...body, description }]),
  );
}
