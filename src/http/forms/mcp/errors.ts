import { AppError } from '../../../lib/errors.ts';
import { invalidRequest } from '../../errors.ts';

/** 404: a model has asked for a tool that isn't there. */
export function toolNotFound(name: string, known: readonly string[]): AppError {
  return new AppError({
    code: 'not_found',
    status: 404,
    param: 'name',
    message: `name: there is no tool '${name.slice(0, 60)}'; there are ${known.join(', ')}`,
  });
}

/** 404: on this a client of MCP begins a new session. */
export function sessionNotFound(): AppError {
  return new AppError({
    code: 'resource_not_found',
    status: 404,
    param: 'Mcp-Session-Id',
    message: 'Mcp-Session-Id: there is no such session (any more); begin a new one with initialize',
  });
}

/** 400: a message of MCP that belongs to no session and begins none. */
export function sessionMissing(): AppError {
  return invalidRequest({
    param: 'Mcp-Session-Id',
    message: 'Mcp-Session-Id: is missing; a client begins with initialize and sends what the answer names',
  });
}
