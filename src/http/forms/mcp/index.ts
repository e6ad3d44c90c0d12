import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { acceptAnything } from '../../bodies/validate.ts';
import { onceAnswered } from '../../connections/once-answered.ts';
import { describeRefusals } from '../../document/describe-api.ts';
import type { Door, Form } from '../form.ts';
import { sessionMissing } from './errors.ts';
import { presentRefusal } from './present-error.ts';
import { createSessions } from './sessions.ts';

/** MCP over Streamable HTTP: `/mcp`, for programs that let a model use tools. */
export const mcp: Form = {
  name: 'MCP',
  presentError: presentRefusal,
  hasPath: (path) => path === '/mcp',
  register: registerMcp,
};

const McpError = Type.Object(
  {
    jsonrpc: Type.Literal('2.0'),
    id: Type.Null(),
    error: Type.Object({
      code: Type.Integer(),
      message: Type.String(),
      data: Type.Object({ code: Type.String(), param: Type.Optional(Type.String()), request_id: Type.String() }),
    }),
  },
  { title: 'McpError', description: 'Why the request was refused.' },
);

const sessionHeader = Type.Object({
  'mcp-session-id': Type.Optional(Type.String({ description: 'As the answer to the first message named it.' })),
});

function registerMcp(app: FastifyInstance, door: Door): void {
  const sessions = createSessions(door);
  app.addHook('preClose', () => sessions.close());
  const describeErrors = (...statuses: number[]) => describeRefusals(McpError, statuses);

  app.route({
    method: 'POST',
    url: '/mcp',
    config: { access: 'caller' },
    validatorCompiler: acceptAnything,
    schema: {
      operationId: 'sendMcpMessage',
      summary: 'Send a message of the Model Context Protocol',
      description:
        'Streamable HTTP of MCP: a JSON-RPC message; the answer is an event stream with progress on the way.',
      tags: ['MCP'],
      headers: sessionHeader,
      body: Type.Object(
        { jsonrpc: Type.Literal('2.0'), method: Type.Optional(Type.String()) },
        { additionalProperties: true },
      ),
      response: {
        200: { description: 'The answer.', content: { 'text/event-stream': { schema: { type: 'string' } } } },
        202: { type: 'null', description: 'Taken; a notification has no answer.' },
        ...describeErrors(400, 401, 402, 404, 413, 415, 429, 500, 503),
      },
    },
    handler: async (request, reply) => {
      const isFirst = isInitializeRequest(request.body);
      if (!isFirst && request.headers['mcp-session-id'] === undefined) throw sessionMissing();
      const session = await sessions.choose(request, isFirst);
      session.open += 1;
      onceAnswered(reply, () => {
        session.open -= 1;
      });
      return await answer(session.transport, request, reply);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/mcp',
    config: { access: 'caller' },
    schema: {
      operationId: 'endMcpSession',
      summary: 'End a session of the Model Context Protocol',
      tags: ['MCP'],
      headers: sessionHeader,
      response: { 200: { type: 'null', description: 'Ended.' }, ...describeErrors(400, 401, 402, 404, 429, 500, 503) },
    },
    handler: async (request, reply) => await answer((await sessions.choose(request, false)).transport, request, reply),
  });
}

type Transport = Awaited<ReturnType<ReturnType<typeof createSessions>['choose']>>['transport'];

/** Hands the request to the session's transport and answers what it says. */
async function answer(transport: Transport, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // The key is known by now, and what reads it next would only be another place that holds it.
    if (value !== undefined && name !== 'authorization' && name !== 'x-api-key') headers.set(name, String(value));
  }
  const init = { method: request.method, headers };
  const authInfo = { token: '', clientId: String(request.caller.key_id), scopes: [], extra: { request } };
  const asked = new Request('http://localhost/mcp', init);
  const {
    status,
    headers: answered,
    body,
  } = await transport.handleRequest(asked, { parsedBody: request.body, authInfo });
  reply.code(status);
  answered.forEach((value, name) => {
    if (name !== 'cache-control') reply.header(name, value);
  });
  reply.serializer((text) => text as string);
  if (body === null) return reply.send('');
  reply.header('x-accel-buffering', 'no');
  const stream = Readable.fromWeb(body as ReadableStream);
  onceAnswered(reply, () => stream.destroy());
  return reply.send(stream);
}
