import { isPublicUrl } from '../lib/safe-fetch/index.ts';
import type { Check } from './schema.ts';

export interface PublicUrlOptions {
  /** The setting `TROUPE_PUBLIC_URL`. */
  url: string | undefined;
  fetch: typeof fetch;
}

/** Milliseconds. */
const answerMs = 10_000;

/** Whether this server answers under the address that it tells others. */
export async function checkPublicUrl({ url, fetch }: PublicUrlOptions): Promise<Omit<Check, 'part'>> {
  if (url === undefined) {
    const message =
      'TROUPE_PUBLIC_URL is not set: links begin with the address that a caller used, and the Kling API can fetch nothing here';
    return { status: 'off', message };
  }
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(answerMs), redirect: 'manual' });
    const body = await answer.text();
    if (answer.status !== 200 || !/"status"\s*:\s*"ok"/.test(body)) {
      const message = `${url}/healthz answers ${answer.status}, and not as this program does`;
      return { status: 'broken', message, remedy: 'lead that address to this server (docs/guides/proxy.md)' };
    }
  } catch (error) {
    const { cause } = error as { cause?: Error };
    const message = `${url} can't be reached from here: ${cause?.message ?? (error as Error).message}`;
    const remedy = 'start the server, and lead that address to it (name, proxy, firewall, certificate)';
    return { status: 'broken', message, remedy };
  }
  if (!isPublicUrl(url)) {
    const message = `${url} answers, and is no public address: nobody outside of this network reaches it`;
    return {
      status: 'warning',
      message,
      remedy: 'set TROUPE_PUBLIC_URL to a public name where others are to fetch files',
    };
  }
  if (url.startsWith('http:')) {
    const message = `${url} answers, without encryption: keys and files can be read on the way`;
    return { status: 'warning', message, remedy: 'put a proxy with a certificate before it (docs/guides/proxy.md)' };
  }
  return { status: 'ok', message: `${url} answers` };
}
