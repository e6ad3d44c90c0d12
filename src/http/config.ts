import { integerSetting, type Section, textSetting } from '../lib/settings.ts';

export const section = {
  host: textSetting('HOST', '127.0.0.1', 'Address that the server listens on'),
  port: integerSetting('PORT', 4600, { min: 0, max: 65_535 }, 'Port that the server listens on; 0 takes a free one'),
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
