import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkJsonShape, type ShapeLimits } from '../../lib/check-json-shape.ts';
import { parseExactJson } from '../../lib/exact-json.ts';
import { onceAnswered } from '../connections/once-answered.ts';
import { bodyTooLarge, invalidRequest } from '../errors.ts';
import { createBodyBudget } from './body-budget.ts';
import { encodingRefused, expectationFailed, unsupportedCharset } from './errors.ts';
import { decodeUtf8, receiveBody } from './receive-body.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a body may hold; default: `shapeLimits`. */
    shape?: ShapeLimits;
  }
}

export interface BodyLimits {
  bodyBytesMax: number;
  bodiesBytesMax: number;
}

/**
 * Refuses what would cost too much before it's read: a body announced as too large for its route, one that would have to
 * be unpacked. Counts what is read while it comes. After reading: what is no UTF-8, JSON nested too deep or with too many
 * keys. A client that waits for `100 Continue` gets it when its body is wanted, not before.
 */
export function checkBodies(app: FastifyInstance, { bodyBytesMax, bodiesBytesMax }: BodyLimits): void {
  const budget = createBodyBudget({ totalMax: bodiesBytesMax, bodyMax: bodyBytesMax });
  const waiting = letExpectWait(app);
  // Fastify takes plain text as well by itself.
  app.removeContentTypeParser(['application/json', 'text/plain']);
  const parseJson = app.getDefaultJsonParser('ignore', 'ignore');
  app.addContentTypeParser('application/json', (request, payload, done) => {
    receiveBody(request, payload as IncomingMessage)
      .then((bytes) => {
        const text = decodeUtf8(bytes);
        return parseJson(request, text, (error, value) =>
          done(error, error === null ? keepLongIds(value, text, request.routeOptions.config.shape) : undefined),
        );
      })
      .catch(done);
  });
  app.addHook('onRequest', async (request, reply) => {
    const { headers, method, raw } = request;
    const expectation = headers.expect;
    if (expectation !== undefined && !/^100-continue$/i.test(expectation)) throw expectationFailed();
    if (method === 'GET' || method === 'HEAD') return;
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== '' && !/^identity$/i.test(encoding)) throw encodingRefused(encoding);
    const bytes = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : null;
    // Many clients name a type for no body as well. Where one is due, its check says that it is missing.
    if (bytes === 0) delete headers['content-type'];
    checkCharset(request);
    const { bodyLimit } = request.routeOptions;
    if (bytes !== null && bytes > bodyLimit) throw bodyTooLarge(bodyLimit);
    const response = waiting.get(raw);
    if (response !== undefined) request.continueBody = () => response.writeContinue();
    const held = budget.open();
    request.heldBody = held;
    onceAnswered(reply, () => held.release());
  });
  app.addHook('preValidation', async (request) => {
    if (request.body === undefined || request.body === null) return;
    const invalid = checkJsonShape(request.body, request.routeOptions.config.shape);
    if (invalid !== null) throw invalidRequest(invalid);
  });
}

/**
 * The body with the digits of ids that are numbers beyond 2^53, as their text. The second reading costs several times the first, so that
 * it's done of what is as small as the limits of shape allow.
 */
function keepLongIds(value: unknown, text: string, shape: ShapeLimits | undefined): unknown {
  if (!/[:\s]-?\d{16}/.test(text) || checkJsonShape(value, shape) !== null) return value;
  return parseExactJson(text.replace(/^\uFEFF/, ''), (key) => /(?:^|_)id$/.test(key));
}

/** Node would say `100 Continue` to strangers too, and answer any other expectation by itself with a bare 417. */
function letExpectWait(app: FastifyInstance): WeakMap<IncomingMessage, ServerResponse> {
  const waiting = new WeakMap<IncomingMessage, ServerResponse>();
  app.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    waiting.set(request, response);
    app.server.emit('request', request, response);
  });
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    app.server.emit('request', request, response);
  });
  return waiting;
}

/** JSON is UTF-8 (RFC 8259 §8.1); ASCII is a part of it. */
function checkCharset(request: FastifyRequest): void {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*["']?([^"';\s]*)/i.exec(request.headers['content-type'] ?? '') ?? [];
  if (!/^(?:utf-?8|(?:us-)?ascii)$/i.test(charset)) throw unsupportedCharset(charset);
}
