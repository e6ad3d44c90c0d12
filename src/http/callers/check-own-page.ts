import type { FastifyRequest } from 'fastify';
import { readOrigin } from '../connections/read-address.ts';
import { foreignPage } from './errors.ts';

/**
 * Refuses what another page has a browser send along with the cookie. SameSite doesn't tell ports of one host apart, but
 * `Sec-Fetch-Site` does, which no page can set: what changes something must be `same-origin`, what only reads may be typed into
 * the address bar too (`none`). Browsers leave the header out where the page came over plain HTTP from another machine; then
 * an `Origin`, which goes along with everything that changes something, must be this server's own.
 * Throws 403 `permission_denied`.
 */
export function checkOwnPage(request: FastifyRequest, publicUrl: string | undefined): void {
  const reads = ['GET', 'HEAD'].includes(request.method);
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin' || (reads && site === 'none')) return;
    throw foreignPage();
  }
  const { origin } = request.headers;
  if (origin === undefined ? reads : listOwnOrigins(request, publicUrl).includes(origin)) return;
  throw foreignPage();
}

function listOwnOrigins(request: FastifyRequest, publicUrl: string | undefined): (string | undefined)[] {
  return [readOrigin(request), publicUrl === undefined ? undefined : new URL(publicUrl).origin];
}
