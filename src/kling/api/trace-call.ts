import type { Network } from '../../lib/safe-fetch/index.ts';
import type { Tracing } from '../../tracing/index.ts';
import * as endpoints from './endpoints.ts';
import { KlingNoAnswer, KlingRefusal } from './refusal.ts';

/** The facts of a call, by OpenTelemetry's conventions for HTTP. */
interface Call {
  method: 'GET' | 'POST';
  host: string;
  /** How often the same call was sent before. */
  resends: number;
}

/**
 * Runs one call to the vendor in a span beneath the work that it belongs to: method, host, status and which call, of which no id, query or
 * body is told. Work that isn't traced, as what the server asks by itself, costs one look.
 */
export async function traceCall<T>(
  tracing: Tracing | undefined,
  path: string,
  { method, host, resends }: Call,
  call: (note: (status: number) => void) => Promise<T>,
): Promise<T> {
  if (!isTraced(tracing)) return await call(() => undefined);
  const template = findTemplate(path);
  const facts = {
    'http.request.method': method,
    'url.template': template,
    'server.address': host,
    ...(resends === 0 ? {} : { 'http.request.resend_count': resends }),
  };
  const span = tracing.begin(`kling ${method} ${template}`, { kind: 'client', facts });
  try {
    return await span.run(() => call((status) => span.note({ 'http.response.status_code': status })));
  } catch (error) {
    span.fail(nameFault(error));
    throw error;
  } finally {
    span.end();
  }
}

/** The vendor's own code where it gave one. */
function nameFault(error: unknown): string {
  if (error instanceof KlingRefusal) return String(error.code ?? error.status);
  if (error instanceof KlingNoAnswer) return error.sent ? 'no_answer' : 'not_sent';
  return (error as Error).name;
}

/** The same for what the vendor's answers link to: each download a span, however many redirects it follows. */
export function traceDownloads(tracing: Tracing | undefined, download: Network['download']): Network['download'] {
  return async (url, options) => {
    if (!isTraced(tracing)) return await download(url, options);
    const host = (typeof url === 'string' ? URL.parse(url) : url)?.hostname ?? '';
    const facts = { 'http.request.method': 'GET', 'server.address': host };
    return await tracing.span('kling download', { kind: 'client', facts }, async (span) => {
      const downloaded = await download(url, options);
      // It takes nothing but a whole answer.
      span.note({ 'http.response.status_code': 200, 'http.response.body.size': downloaded.bytes });
      return downloaded;
    });
  };
}

function isTraced(tracing: Tracing | undefined): tracing is Tracing {
  return tracing !== undefined && tracing.active().traceparent !== null;
}

const paths: readonly string[] = Object.values(endpoints).flat();

/** The call's path without its query, an id in it as `{id}`. */
function findTemplate(path: string): string {
  const [plain = ''] = path.split('?');
  const known = paths.find((one) => plain === one || plain.startsWith(`${one}/`));
  return known === undefined ? '{other}' : plain === known ? known : `${known}/{id}`;
}
