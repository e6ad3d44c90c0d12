import type { FastifyRequest } from 'fastify';
import type { AppError } from '../../../lib/errors.ts';
import { renameFields } from '../../rename-fields.ts';
import type { ErrorAnswer } from '../../send-error.ts';
import { fieldNames } from './field-names.ts';

/** JSON-RPC's codes: what the server can't do, what is no request, and everything else of ours. */
const codes = { internal: -32603, invalid: -32600, refused: -32000 };

/** The error table of MCP for what is refused before a tool runs: a JSON-RPC error under the error's own status. */
export function presentRefusal(error: AppError, requestId: string): ErrorAnswer {
  const { status, code, message, param } = renameFields(error, fieldNames);
  const number = status >= 500 ? codes.internal : status === 400 ? codes.invalid : codes.refused;
  const data = { code, ...(param === undefined ? {} : { param }), request_id: requestId };
  return { status, body: { jsonrpc: '2.0', error: { code: number, message, data }, id: null } };
}

/** The error table of MCP for what a tool refuses: an answer of the tool, so that the model reads it and can mend its call. */
export function presentToolRefusal(error: AppError, { id, taskId }: Pick<FastifyRequest, 'id' | 'taskId'>) {
  const { code, message, retryAfterSeconds } = renameFields(error, fieldNames);
  const wait = retryAfterSeconds === undefined ? '' : ` Try again in ${retryAfterSeconds} s.`;
  const outcome =
    taskId === undefined ? 'nothing was charged by this call' : `but task ${taskId} goes on: ask get_task for it`;
  const text = `${message} (${code}; ${outcome}; request ${id}).${wait}`;
  return { isError: true, content: [{ type: 'text' as const, text }] };
}
