import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { listModels } from '../../models/index.ts';
import { type ApiDocument, completeDocument } from './complete-document.ts';

const meanings: Readonly<Record<number, string>> = {
  400: 'The request breaks a rule; `param` names the field.',
  401: 'The API key is missing or unknown.',
  402: 'The account or the key has too few credits, or the key is disabled or expired.',
  403: 'The key may not use this model, or its role is too low.',
  404: 'There is no such thing, or it belongs to somebody else.',
  408: 'The body came too slowly.',
  409: 'The request contradicts an earlier one or the state of the task.',
  410: 'The link has ended.',
  413: 'The body is larger than allowed.',
  415: 'The body is not of the type that is taken.',
  416: 'The range begins beyond the end of the file.',
  429: 'Too many requests or unfinished tasks; no task was created. See `Retry-After`.',
  500: 'Something went wrong on the server.',
  503: 'The server can not work right now; no task was created. See `Retry-After`.',
};

/** The error answers of a route of the form whose refusals have this body, for its `response` schema. */
export function describeRefusals(body: object, statuses: readonly number[]) {
  return Object.fromEntries(statuses.map((status) => [status, { ...body, description: meanings[status] }]));
}

/** The answer of a route that streams events. */
export function describeEvents() {
  const content = { 'text/event-stream': { schema: { type: 'string' } } };
  return { 200: { description: 'Events as they happen.', content } };
}

/** The answers of a route that sends a file. */
export function describeBytes() {
  const content = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
  return {
    200: { description: 'The file, under its own media type.', content },
    206: { description: 'The range of it that was asked for.', content },
  };
}

/** Where the document says that the server is. */
interface ServerAddress {
  publicUrl: string | undefined;
  port: number;
}

/**
 * Collects the routes' schemas into the OpenAPI document and serves it at `/openapi.json`, readable at `/docs/`: in
 * the console, with the guides and searched as one, while `hasConsole` says that it's there, else on a page of its own. The
 * document names the public address as the server's, without one this machine.
 */
export async function describeApi(
  app: FastifyInstance,
  { publicUrl, port }: ServerAddress,
  hasConsole: () => boolean,
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Troupe',
        version: '1',
        description:
          'Make reusable elements, characters or objects, from reference images or a short reference video, and name ' +
          'their `element_id` in video requests. Compatible with clients of the hosted Kling Custom Element API.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        { name: 'Tasks', description: 'Every request becomes a task that is worked on in the background.' },
        { name: 'Events', description: 'Tasks as they change, without polling.' },
        { name: 'Callbacks', description: 'What was sent to `callback_url`, once more, and to try a receiver.' },
        { name: 'Elements', description: 'The library of what was made, to use again.' },
        { name: 'Voices', description: "Voices of the server's Kling account, to bind to elements." },
        { name: 'Files', description: 'Pictures, videos and sound to use in requests, kept for a while.' },
        { name: 'Account', description: 'What the key may use and spend.' },
        { name: 'Keys', description: 'Who may use the account, for its managers.' },
        { name: 'Usage', description: 'What the account used, and its ledger, for its managers.' },
        { name: 'Accounts', description: "All accounts and their credits, for admins' keys." },
        { name: 'Catalog', description: 'What is offered, and for how much.' },
        {
          name: 'Official Kling form',
          description:
            "The form of the vendor's own API, for its programs with this server's address; the same routes lie below `/kling`.",
        },
        {
          name: 'OpenAI videos',
          description: "The form of the OpenAI videos API, for its SDKs with this server's `/v1` as their base URL.",
        },
        { name: 'MCP', description: 'Tools for models, by the Model Context Protocol.' },
        { name: 'Server', description: 'For load balancers.' },
      ],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API key, `sk-…`, as `Authorization: Bearer <key>`.',
          },
        },
      },
      security: [{ bearer: [] }],
      servers: [
        publicUrl === undefined
          ? { url: `http://localhost:${port}`, description: 'As `npm start` runs it.' }
          : { url: publicUrl, description: 'This server.' },
      ],
    },
    transformObject: (found) =>
      completeDocument(('openapiObject' in found ? found.openapiObject : {}) as ApiDocument, listModels()) as object,
  });
  let document: Buffer | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, async (_, reply) => {
    // The same bytes for all: answers that nobody reads hold no memory of their own.
    document ??= Buffer.from(JSON.stringify(app.swagger()));
    return reply.type('application/json; charset=utf-8').send(document);
  });
  // The page names its files relative to `/docs/`, and a proxy may have put a path before it. So only relative
  // redirects are right.
  app.addHook('onRequest', async (request, reply) => {
    const route = request.routeOptions.url;
    if (route === '/docs/static/index.html') return reply.redirect('../');
    if (!/^\/docs\/?$/.test(route ?? '')) return;
    const isBare = /\/docs(?:\?|$)/.test(request.url);
    if (hasConsole()) return reply.redirect(isBare ? 'console/docs' : '../console/docs');
    if (isBare) return reply.redirect('docs/');
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    theme: { title: 'Troupe API' },
    uiConfig: { docExpansion: 'list', tryItOutEnabled: false, layout: 'BaseLayout' },
  });
}
