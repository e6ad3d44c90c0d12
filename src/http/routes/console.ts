import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Page, Pages } from '../../pages/index.ts';
import { routeNotFound } from '../errors.ts';

/** What the build writes where the nonce belongs. */
const nonceMark = '{{nonce}}';

/**
 * `/console` and everything below it: one HTML page for every address, since the page itself chooses what it shows, and its
 * files. Nothing in it knows who is there; it asks the API like any client.
 */
export function registerConsole(app: FastifyInstance, pages: Pages | undefined, publicUrl: string | undefined): void {
  const prefix = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');
  const isFile = ({ url }: FastifyRequest) => /^\/console\/+assets\//.test(url);
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const state = pages?.state() ?? { is: 'failed', reason: 'this process serves no pages' };
    reply.headers({ 'cross-origin-opener-policy': 'same-origin', 'referrer-policy': 'no-referrer' });
    if (state.is !== 'ready') return sendNotice(reply, state.is === 'building' ? null : state.reason);
    if (!isFile(request)) return sendPage(reply, state.files.get('index.html') as Page, prefix);
    const name = request.url.replace(/^\/console\/+/, '').replace(/\?.*$/, '');
    const file = state.files.get(name);
    if (file === undefined) throw routeNotFound();
    return sendFile(request, reply, file);
  };
  for (const url of ['/console', '/console/*']) {
    app.route({ method: 'GET', url, config: { access: 'open' }, schema: { hide: true }, handler: answer });
  }
}

/** Names of files change with their content, so nobody need ask for one twice. */
function sendFile(request: FastifyRequest, reply: FastifyReply, file: Page): FastifyReply {
  const [bytes, encoding] = chooseEncoding(String(request.headers['accept-encoding'] ?? ''), file);
  reply.headers({
    'content-type': file.type,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
    'cross-origin-resource-policy': 'same-origin',
    ...(encoding === null ? {} : { 'content-encoding': encoding }),
  });
  return reply.send(bytes);
}

function chooseEncoding(accepted: string, { bytes, br, gz }: Page): [Buffer, 'br' | 'gzip' | null] {
  const takes = (name: string) =>
    new RegExp(`(?:^|[\\s,])${name}(?:\\s*(?:,|$)|\\s*;(?!\\s*q=0(?:\\.0*)?\\s*(?:,|$)))`).test(accepted);
  if (br !== undefined && takes('br')) return [br, 'br'];
  return gz !== undefined && takes('gzip') ? [gz, 'gzip'] : [bytes, null];
}

/** Each answer has a nonce of its own, so that only the styles that this very page makes are taken. */
function sendPage(reply: FastifyReply, page: Page, prefix: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64url');
  const html = page.bytes
    .toString()
    .replaceAll(nonceMark, nonce)
    .replaceAll(/(href|src)="\.\//g, `$1="${escapeHtml(prefix)}/console/`);
  reply.headers({
    'content-type': page.type,
    'cache-control': 'no-store',
    'content-security-policy': writePolicy(nonce),
  });
  return reply.send(html);
}

function writePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** While the pages are built, and where that failed: what is the matter, in a page without anything of theirs. */
function sendNotice(reply: FastifyReply, reason: string | null): FastifyReply {
  const [title, text] =
    reason === null
      ? ['The console is being built', 'It takes some seconds at the first start. This page looks again by itself.']
      : ['The console could not be built', 'The API works all the same. What the build said:'];
  reply.code(503).headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ...(reason === null ? { 'retry-after': '2', refresh: '2' } : {}),
  });
  const said = reason === null ? '' : `<pre>${escapeHtml(reason)}</pre>`;
  return reply.send(
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title><h1>${title}</h1><p>${text}</p>${said}</html>`,
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
