import type { FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { AuthenticatedKey } from '../../../accounts/index.ts';
import type { Context } from '../../../flow/index.ts';
import type { Places } from '../../bodies/places.ts';
import type { OpenStreams } from '../../open-streams.ts';

/** One call of a tool: who asks, when to stop, and whom to tell how far it is. */
export interface ToolCall {
  context: Context;
  caller: AuthenticatedKey;
  streams: OpenStreams;
  places: Places;
  /** The HTTP request that brought it. */
  request: FastifyRequest;
  /** What links begin with. */
  origin: string | undefined;
  /** Aborts when the caller cancels the call, and when its session ends. */
  signal: AbortSignal;
  /** Whether the caller has said so: a session that ends, as when the server stops, cancels nothing. */
  isCancelled(): boolean;
  /** Tells the caller, if it wants to hear it; `progress` in per cent. */
  report(progress: number, message: string): void;
}

/** What a tool has to say: in words for a model, as its output schema has it, and in small pictures. */
export interface ToolAnswer<Output> {
  text: string;
  structured: Output;
  /** JPEGs of at most 1,024 px. */
  pictures?: readonly Buffer[];
}

/** A tool, described for a model that reads nothing else. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  input: TSchema;
  output: TSchema;
  /** What it does to the world, as MCP's annotations say it. */
  effect: 'reads' | 'adds' | 'spends' | 'changes' | 'destroys';
  run(call: ToolCall, input: never): Promise<ToolAnswer<object>>;
}

/** A tool whose input and answer have the types of its schemas. */
export function defineTool<Input extends TSchema, Output extends TSchema>(
  tool: Omit<Tool, 'input' | 'output' | 'run'> & {
    input: Input;
    output: Output;
    run(call: ToolCall, input: Static<Input>): Promise<ToolAnswer<Static<Output>>>;
  },
): Tool {
  return tool as unknown as Tool;
}
