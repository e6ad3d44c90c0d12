import { parseAddressRange } from '../lib/safe-fetch/index.ts';
import {
  choiceSetting,
  integerSetting,
  listSetting,
  type Section,
  type SectionValues,
  textSetting,
} from '../lib/settings.ts';

/** Models that may stand for another service's. */
const families = ['kling-o3', 'kling-v3', 'kling-v3-turbo'] as const;

export const section = {
  host: textSetting('HOST', '127.0.0.1', 'Address that the server listens on'),
  port: integerSetting('PORT', 4600, { min: 0, max: 65_535 }, 'Port that the server listens on; 0 takes a free one'),
  metricsPort: integerSetting(
    'TROUPE_METRICS_PORT',
    0,
    { min: 0, max: 65_535 },
    'Port on which any process shows /metrics without a key; 0 for none (admins find it at /metrics in any case)',
  ),
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
    'Bytes of request bodies held at once, counted as they come; one key or address may hold half; more are refused with 503 before a task exists',
  ),
  requestSeconds: integerSetting(
    'TROUPE_REQUEST_SECONDS',
    30,
    { min: 1, max: 3600 },
    'Seconds in which a client must have sent its whole request',
  ),
  uploadSeconds: integerSetting(
    'TROUPE_UPLOAD_SECONDS',
    3600,
    { min: 1, max: 86_400 },
    'Seconds in which a client must have sent a whole file, at no less than 1024 bytes a second',
  ),
  placesMax: integerSetting(
    'TROUPE_ARRIVALS',
    16,
    { min: 1, max: 10_000 },
    'Archives and files from URLs that a server process takes in at once, as each lies on its disk until it is checked; one account may hold half; more are refused with 503',
  ),
  connectionsMax: integerSetting(
    'TROUPE_HTTP_CONNECTIONS',
    5000,
    { min: 1, max: 1_000_000 },
    'Open client connections; beyond it the oldest idle or stalled one is closed for a new one',
  ),
  connectionsPerAddressMax: integerSetting(
    'TROUPE_HTTP_CONNECTIONS_PER_ADDRESS',
    1000,
    { min: 1, max: 1_000_000 },
    'Open connections of one client address (of an IPv6 network of 64 bits); those of TROUPE_TRUST_PROXY are exempt',
  ),
  writeSeconds: integerSetting(
    'TROUPE_WRITE_SECONDS',
    60,
    { min: 1, max: 3600 },
    'Seconds after which a client that takes nothing of its answer is cut off',
  ),
  trustProxy: listSetting(
    'TROUPE_TRUST_PROXY',
    'Addresses of the proxies in front of this server, as a comma list like 127.0.0.1,10.0.0.0/8; their X-Forwarded-For, -Proto and -Host are believed',
    parseAddressRange,
  ),
  corsOrigins: listSetting(
    'TROUPE_CORS_ORIGINS',
    'Origins whose pages may call this server from a browser, as a comma list like https://app.example.com, or * for any; none by default',
    parseOrigin,
  ),
  videosSora2: choiceSetting(
    'TROUPE_VIDEOS_SORA_2',
    'kling-o3',
    families,
    'Models that make the videos that POST /v1/videos asks of sora-2 or of no model',
  ),
  videosSora2Pro: choiceSetting(
    'TROUPE_VIDEOS_SORA_2_PRO',
    'kling-o3',
    families,
    'Models that make the videos that POST /v1/videos asks of sora-2-pro',
  ),
} satisfies Section;

export type HttpSettings = SectionValues<typeof section>;

function parseOrigin(text: string): string {
  if (text === '*') return text;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || (text !== url.origin && text !== `${url.origin}/`)) {
    throw new Error(`must be an origin like https://app.example.com, without a path, is '${text}'`);
  }
  return url.origin;
}
