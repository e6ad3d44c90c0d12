import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Context } from '../flow/index.ts';
import type { KlingSettings } from '../kling/config.ts';
import { hasKlingCredentials } from '../kling/index.ts';
import type { Pages } from '../pages/index.ts';
import { answerUnknownRoutes } from './answer-unknown-routes.ts';
import { checkBodies } from './bodies/check-bodies.ts';
import { createPlaces } from './bodies/places.ts';
import { serializerCompiler } from './bodies/serialize.ts';
import { validatorCompiler } from './bodies/validate.ts';
import { allowOrigins } from './callers/allow-origins.ts';
import type { HttpSettings } from './config.ts';
import { answerBrokenRequest, refuseOnSocket } from './connections/answer-broken-requests.ts';
import { closeConnections } from './connections/close-connections.ts';
import { hostMissing } from './connections/errors.ts';
import { guardConnections } from './connections/guard-connections.ts';
import { limitRequestTime } from './connections/limit-request-time.ts';
import { lingerAfterRefusals } from './connections/linger.ts';
import { noticeProxies } from './connections/notice-proxies.ts';
import { createPathReader } from './connections/read-address.ts';
import { isTrusted } from './connections/read-client-address.ts';
import { describeApi } from './document/describe-api.ts';
import { methodNotAllowed } from './errors.ts';
import { gateway } from './forms/gateway/index.ts';
import { choosePresenter, registerForms } from './forms/index.ts';
import { guardRoutes } from './guard-routes.ts';
import { noteAccess } from './note-access.ts';
import { createOpenStreams } from './open-streams.ts';
import { registerConsole } from './routes/console.ts';
import { registerFiles } from './routes/files.ts';
import { registerHealth } from './routes/health.ts';
import { registerKlingCallbacks } from './routes/kling-callbacks.ts';
import { registerMetrics } from './routes/metrics.ts';
import { registerSession } from './routes/session.ts';
import { sendError } from './send-error.ts';
import { traceRequests } from './trace-requests.ts';

/** Node looks at the times only at each sweep, so a slow client is cut off up to one sweep later. */
const limits = { headersMs: 10_000, sweepMs: 1_000, keepAliveMs: 72_000, headerBytesMax: 16_384 };

/** A client that is still sending after its refusal is listened to for as long; nginx has the same (`lingering_time`). */
const lingerMs = 30_000;

/** The door's own settings, those of the service that calls back at it, and how long a stop lets anything go on. */
export interface AppSettings {
  http: HttpSettings;
  kling: KlingSettings;
  worker: { stopSeconds: number };
}

/**
 * The HTTP door as one Fastify instance that isn't listening yet: routes, their schemas and OpenAPI document, the one
 * error mapper, and the limits on what a client may send and how slowly. Without `pages` there is no console.
 */
export async function createApp(
  context: Context,
  { http: settings, kling, worker: { stopSeconds } }: AppSettings,
  pages?: Pages,
): Promise<FastifyInstance> {
  const { log } = context;
  const { publicUrl } = context.config.flow;
  const createRequestId = () => `req_${randomUUID().replaceAll('-', '')}`;
  const requestMs = settings.requestSeconds * 1000;
  const headersMs = Math.min(limits.headersMs, requestMs);
  const linger = { bytesMax: 2 * settings.bodyBytesMax, wholeMs: lingerMs };
  const answering = { log, createRequestId, linger, present: gateway.presentError };
  const broken = { ...answering, headersMs, requestMs, headerBytesMax: limits.headerBytesMax };
  const app = fastify({
    bodyLimit: settings.bodyBytesMax,
    requestTimeout: Math.max(requestMs, settings.uploadSeconds * 1000),
    keepAliveTimeout: limits.keepAliveMs,
    http: {
      headersTimeout: headersMs,
      connectionsCheckingInterval: limits.sweepMs,
      maxHeaderSize: limits.headerBytesMax,
      // Node would refuse it with an empty body.
      requireHostHeader: false,
    },
    genReqId: createRequestId,
    requestIdHeader: false,
    trustProxy: settings.trustProxy.length > 0 && ((address: string) => isTrusted(address, settings.trustProxy)),
    rewriteUrl: createPathReader(publicUrl),
    // checkBodies refuses these keys by their names; the parser would only say that it isn't JSON.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    // Requests that come on open connections while the server stops are answered like any other.
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, broken),
    frameworkErrors: (error, request, reply) => {
      setCommonHeaders(request, reply);
      noteAccess(context, request, reply);
      return sendError(log, error, request, reply, choosePresenter(request));
    },
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 600, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => sendError(log, error, request, reply, choosePresenter(request)));
  app.server.on('connect', (_, socket) =>
    refuseOnSocket(socket as Socket, methodNotAllowed('CONNECT', ['GET', 'POST']), answering),
  );
  guardConnections(app, settings);
  limitRequestTime(app, broken, choosePresenter);
  app.addHook('onRequest', async (request, reply) => {
    setCommonHeaders(request, reply);
    noteAccess(context, request, reply);
    if (hasOneHost(request.raw)) return;
    reply.header('connection', 'close');
    throw hostMissing();
  });
  traceRequests(app, context);
  noticeProxies(app, { publicUrl, trustProxy: settings.trustProxy }, log);
  lingerAfterRefusals(app, linger);
  closeConnections(app, { headersMs, allMs: stopSeconds * 1000 }, log);
  await allowOrigins(app, settings.corsOrigins);
  answerUnknownRoutes(app);
  checkBodies(app, settings);
  await describeApi(app, { publicUrl, port: settings.port }, () => pages?.state().is === 'ready');
  guardRoutes(app, context);
  registerHealth(app, context);
  registerMetrics(app, context);
  registerFiles(app, context);
  registerSession(app, context);
  registerConsole(app, pages, publicUrl);
  const places = createPlaces(settings.placesMax);
  await registerForms(app, { context, settings, streams: createOpenStreams(app, context), places });
  if (hasKlingCredentials(kling)) registerKlingCallbacks(app, context, kling);
  return app;
}

/** HTTP/1.0 knows no Host; of two, each reader on the way may believe another one. */
function hasOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.length === 4 && name.toLowerCase() === 'host');
  return hosts.length === 1 || (hosts.length === 0 && httpVersion === '1.0');
}

function setCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({
    'x-request-id': request.id,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
}
