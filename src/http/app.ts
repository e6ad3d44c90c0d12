import { randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { answerBrokenRequest } from './answer-broken-requests.ts';
import { answerUnknownRoutes } from './answer-unknown-routes.ts';
import { checkBodies } from './check-bodies.ts';
import { closeConnections } from './close-connections.ts';
import { describeApi } from './describe-api.ts';
import { registerCredits } from './routes/credits.ts';
import { registerElements } from './routes/elements.ts';
import { registerFiles } from './routes/files.ts';
import { registerGenerations } from './routes/generations.ts';
import { registerHealth } from './routes/health.ts';
import { registerKlingCallbacks } from './routes/kling-callbacks.ts';
import { registerModels } from './routes/models.ts';
import { registerTasks } from './routes/tasks.ts';
import { sendError } from './send-error.ts';
import { validatorCompiler } from './validate.ts';

/** Milliseconds. Node looks at them only at each sweep, so a slow client is cut off up to one sweep later. */
const limits = { headersMs: 10_000, sweepMs: 1_000, keepAliveMs: 72_000 };

/**
 * The HTTP door as one Fastify instance that isn't listening yet: routes, their schemas and OpenAPI document, the one
 * error mapper, and the limits on what a client may send and how slowly.
 */
export async function createApp(context: Context): Promise<FastifyInstance> {
  const { http: settings } = context.config;
  const createRequestId = () => `req_${randomUUID().replaceAll('-', '')}`;
  const requestMs = settings.requestSeconds * 1000;
  const app = fastify({
    bodyLimit: settings.bodyBytesMax,
    requestTimeout: requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    http: {
      headersTimeout: Math.min(limits.headersMs, requestMs),
      connectionsCheckingInterval: limits.sweepMs,
      maxHeaderSize: 16_384,
    },
    genReqId: createRequestId,
    requestIdHeader: false,
    // checkBodies refuses these keys by their names; the parser would only say that it isn't JSON.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    // Requests that come on open connections while the server stops are answered like any other.
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, createRequestId()),
    frameworkErrors: (error, request, reply) => sendError(context.log, error, request, reply),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 600, ignoreTrailingSlash: true },
  });
  app.server.maxConnections = settings.connectionsMax;
  app.setValidatorCompiler(validatorCompiler);
  app.setErrorHandler((error, request, reply) => sendError(context.log, error, request, reply));
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
  closeConnections(app);
  checkBodies(app, settings);
  answerUnknownRoutes(app);
  await describeApi(app);
  registerHealth(app, context);
  registerGenerations(app, context);
  registerTasks(app, context);
  registerElements(app, context);
  registerFiles(app, context);
  registerCredits(app, context);
  registerModels(app, context);
  registerKlingCallbacks(app, context);
  return app;
}
