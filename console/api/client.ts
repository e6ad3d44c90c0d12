import { createClient } from '../../client/index.ts';

/** Where the console lies, without a slash at its end: `/console`, behind whatever path a public address has. */
export const consolePath = new URL('..', import.meta.url).pathname.replace(/\/$/, '');

/** Where the API lies, seen from the pages. */
export const apiUrl = `${location.origin}${consolePath.replace(/\/console$/, '')}`;

/** The one way to the API. It knows no key: the browser's session goes along by itself. */
export const client = createClient({ baseUrl: apiUrl, retriesMax: 2, retryDelayMs: 400 });
