import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  type Tool as ListedTool,
  ListToolsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { describeFault, toRequestFailure } from '../../../flow/index.ts';
import { checkNul } from '../../../lib/check-nul.ts';
import { compileCheck } from '../../../lib/compile-check.ts';
import { AppError } from '../../../lib/errors.ts';
import { readOrigin } from '../../connections/read-address.ts';
import { invalidRequest } from '../../errors.ts';
import type { Door } from '../form.ts';
import { toolNotFound } from './errors.ts';
import { presentToolRefusal } from './present-error.ts';
import type { Tool, ToolCall } from './tool.ts';
import { tools } from './tools.ts';

const instructions =
  'Troupe makes reusable elements (characters, objects) from pictures or a clip, and videos in which they appear. Usual way: check_element, ' +
  'create_element, estimate_cost, create_video with element_ids, get_task. Everything that costs says how much.';

const checks = new Map(tools.map((tool) => [tool.name, compileCheck(tool.input, 'arguments')]));

/** The MCP server of one session. `requestOf` is the HTTP request that brought a message, with the key that it came with. */
export function createMcpServer(door: Door, requestOf: (extra: { authInfo?: unknown }) => FastifyRequest): Server {
  const server = new Server(
    { name: 'troupe', title: 'Troupe', version: '1' },
    { capabilities: { tools: {} }, instructions },
  );
  let isOver = false;
  server.onclose = () => {
    isOver = true;
  };
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(list) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const request = requestOf(extra);
    const { progressToken } = extra._meta ?? {};
    let told = -1;
    const call: ToolCall = {
      context: door.context,
      streams: door.streams,
      places: door.places,
      caller: request.caller,
      request,
      origin: readOrigin(request),
      signal: extra.signal,
      isCancelled: () => extra.signal.aborted && !isOver,
      report(progress, message) {
        // It must grow from one to the next.
        if (progressToken === undefined || progress <= told) return;
        told = progress;
        const notification = {
          method: 'notifications/progress' as const,
          params: { progressToken, progress, total: 100, message },
        };
        extra.sendNotification(notification).catch(() => undefined);
      },
    };
    try {
      return await runTool(call, params.name, params.arguments ?? {});
    } catch (error) {
      return presentToolRefusal(toKnown(door.context.log, error, request), request);
    }
  });
  return server;
}

async function runTool(call: ToolCall, name: string, sent: unknown) {
  const tool = tools.find((one) => one.name === name);
  const check = checks.get(name);
  if (tool === undefined || check === undefined)
    throw toolNotFound(
      name,
      tools.map((one) => one.name),
    );
  const checked = check(sent);
  if (!checked.ok) throw invalidRequest(checked.invalid);
  const nul = checkNul(sent);
  if (nul !== null) throw invalidRequest(nul);
  const { text, structured, pictures = [] } = await tool.run(call, checked.value as never);
  const images = pictures.map((bytes) => ({
    type: 'image' as const,
    data: bytes.toString('base64'),
    mimeType: 'image/jpeg',
  }));
  return { content: [{ type: 'text' as const, text }, ...images], structuredContent: { ...structured } };
}

function toKnown(log: Logger, error: unknown, request: FastifyRequest): AppError {
  const known = error instanceof AppError ? error : toRequestFailure(error);
  if (known.status >= 500)
    log[known.status === 500 ? 'error' : 'warn']({ request_id: request.id, ...describeFault(known) }, known.message);
  return known;
}

/** As `tools/list` has it. Ajv's words of ours (`x-rule`) are none of JSON Schema's, and a model needs none of them. */
function list({ name, title, description, input, output, effect }: Tool): ListedTool {
  return {
    name,
    title,
    description,
    inputSchema: strip(input) as ListedTool['inputSchema'],
    outputSchema: strip(output) as ListedTool['outputSchema'],
    annotations: {
      title,
      readOnlyHint: effect === 'reads',
      destructiveHint: effect === 'destroys',
      idempotentHint: effect === 'reads' || effect === 'changes' || effect === 'destroys',
      openWorldHint: effect === 'spends' || effect === 'adds',
    },
    _meta: { 'troupe/effect': effect, 'troupe/spends': effect === 'spends' },
  };
}

function strip(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strip);
  if (typeof schema !== 'object' || schema === null) return schema;
  const known = Object.entries(schema).filter(([key]) => !key.startsWith('x-') && !key.startsWith('~'));
  return Object.fromEntries(known.map(([key, value]) => [key, strip(value)]));
}
