import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type PresentError, sendError } from '../send-error.ts';
import type { Door, Form } from './form.ts';
import { gateway } from './gateway/index.ts';
import { klingOfficial } from './kling/index.ts';
import { mcp } from './mcp/index.ts';
import { openaiVideos } from './openai/index.ts';

/** Every form but the main one. Another form is another folder and another line here. */
const others: readonly Form[] = [klingOfficial, openaiVideos, mcp];

/**
 * Registers every form, each with its own answers to what goes wrong. Answers the error table for a request that may have no
 * route: that of the form which has its path as a fixed name, else of the one it belongs to, else the gateway's.
 */
export async function registerForms(app: FastifyInstance, door: Door): Promise<void> {
  for (const form of [gateway, ...others]) {
    await app.register(async (scope) => {
      scope.addHook('onRoute', ({ url }) => {
        if (!/[:*]/.test(url)) fixed.set(url, form);
      });
      scope.setErrorHandler((error, request, reply) =>
        sendError(door.context.log, error, request, reply, (fixed.get(pathOf(request)) ?? form).presentError),
      );
      await form.register(scope, door);
    });
  }
}

/** Whose paths without a variable part these are: one of them may look like another form's path with an id in it. */
const fixed = new Map<string, Form>();

/** The error table for a request that may have no route: that of the form its path belongs to, else the gateway's. */
export function choosePresenter(request: Pick<FastifyRequest, 'url'>): PresentError {
  const path = pathOf(request);
  const form = fixed.get(path) ?? others.find((one) => one.hasPath(path)) ?? gateway;
  return form.presentError;
}

function pathOf({ url }: Pick<FastifyRequest, 'url'>): string {
  const path = (url.split('?')[0] ?? '').replace(/\/{2,}/g, '/');
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}
