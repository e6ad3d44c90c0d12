import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type PresentError, sendError } from '../send-error.ts';
import type { Door, Form } from './form.ts';
import { gateway } from './gateway/index.ts';

/** Every form but the main one. Another form is another folder and another line here. */
const others: readonly Form[] = [];

/** Registers every form, each with its own answers to what goes wrong. */
export async function registerForms(app: FastifyInstance, door: Door): Promise<void> {
  for (const form of [gateway, ...others]) {
    await app.register(async (scope) => {
      scope.setErrorHandler((error, request, reply) =>
        sendError(door.context.log, error, request, reply, form.presentError),
      );
      await form.register(scope, door);
    });
  }
}

/** The error table for a request that may have no route: that of the form its path belongs to, else the gateway's. */
export function choosePresenter(request: Pick<FastifyRequest, 'url'>): PresentError {
  const path = (request.url.split('?')[0] ?? '').replace(/\/{2,}/g, '/');
  const form = others.find((one) => one.hasPath(path)) ?? gateway;
  return form.presentError;
}
