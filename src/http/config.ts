import { integerSetting, type Section, type Setting, textSetting } from '../lib/settings.ts';

export const section = {
  host: textSetting('HOST', '127.0.0.1', 'Address that the server listens on'),
  port: integerSetting('PORT', 4600, { min: 0, max: 65_535 }, 'Port that the server listens on; 0 takes a free one'),
  publicUrl: {
    env: 'TROUPE_PUBLIC_URL',
    describe:
      'Address under which others reach this server, like https://troupe.example.com; links in answers and callbacks begin with it',
    fallback: undefined,
    parse: parsePublicUrl,
    show: (url: string | undefined) => url ?? '',
  } satisfies Setting<string | undefined>,
  bodyBytesMax: integerSetting(
    'TROUPE_BODY_BYTES',
    56 * 1024 * 1024,
    { min: 1024, max: 1024 * 1024 * 1024 },
    'Bytes of one request body; the default holds four pictures of 10 MB in base64',
  ),
  bodiesBytesMax: integerSetting(
    'TROUPE_BODIES_BYTES',
    256 * 1024 * 1024,
    { min: 1024, max: 64 * 1024 * 1024 * 1024 },
    'Bytes of all request bodies being received at once; more are refused with 503 before a task exists',
  ),
  requestSeconds: integerSetting(
    'TROUPE_REQUEST_SECONDS',
    30,
    { min: 1, max: 3600 },
    'Seconds in which a client must have sent its whole request',
  ),
  connectionsMax: integerSetting(
    'TROUPE_HTTP_CONNECTIONS',
    5000,
    { min: 1, max: 1_000_000 },
    'Open client connections',
  ),
} satisfies Section;

/** Without the slash at its end. */
function parsePublicUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new Error('must be an http or https URL');
  if (url.username || url.password || url.search || url.hash) {
    throw new Error('must hold no user, password, query or fragment');
  }
  return url.href.replace(/\/+$/, '');
}
