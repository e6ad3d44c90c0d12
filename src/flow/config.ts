import { choiceSetting, integerSetting, type Section, type Setting } from '../lib/settings.ts';

export const section = {
  publicUrl: {
    env: 'TROUPE_PUBLIC_URL',
    describe:
      'Address under which others reach this server, like https://troupe.example.com; links in answers and callbacks begin with it',
    fallback: undefined,
    parse: parsePublicUrl,
    show: (url: string | undefined) => url ?? '',
  } satisfies Setting<string | undefined>,
  resultHours: integerSetting(
    'TROUPE_RESULT_HOURS',
    24,
    { min: 1, max: 8760 },
    'Hours that the links of a finished video live, and its file with them; contract: 24',
  ),
  taskDays: integerSetting(
    'TROUPE_TASK_DAYS',
    0,
    { min: 0, max: 36_500 },
    'Days after which ended tasks are deleted with their requests, callbacks and attempts, a week after their results at the earliest; elements, use and ledger stay. 0 keeps tasks for ever',
  ),
  requestDays: integerSetting(
    'TROUPE_REQUEST_DAYS',
    0,
    { min: 0, max: 36_500 },
    'Days after which prompts, names and addresses in the requests of ended tasks are forgotten; the tasks stay. 0 keeps them as long as the task',
  ),
  upstreamHours: integerSetting(
    'TROUPE_UPSTREAM_HOURS',
    3,
    { min: 1, max: 168 },
    'Hours after which a task of a service elsewhere is given up that is not paid for there',
  ),
  fetchSeconds: integerSetting(
    'TROUPE_FETCH_SECONDS',
    60,
    { min: 1, max: 3600 },
    'Seconds that fetching one reference image or video may take',
  ),
  fetchBytesPerSecondMin: integerSetting(
    'TROUPE_FETCH_MIN_RATE',
    1024,
    { min: 0, max: 1_000_000_000 },
    'Bytes per second, on average over each 10 s, below which fetching one reference image or video is given up; 0 waits for any',
  ),
  moreImageFormats: choiceSetting(
    'TROUPE_MORE_IMAGE_FORMATS',
    'on',
    ['on', 'off'],
    'Whether pictures from plain URLs may be WebP, HEIC and AVIF too; those of stored files and in requests may in any case. Contract: JPEG and PNG',
  ),
  importBytesMax: integerSetting(
    'TROUPE_IMPORT_BYTES_MAX',
    200_000_000,
    { min: 0, max: 4_000_000_000 },
    'Largest archive of an element that may be imported, in bytes; 0 takes none',
  ),
  importUnpackedBytesMax: integerSetting(
    'TROUPE_IMPORT_UNPACKED_BYTES_MAX',
    400_000_000,
    { min: 1_000_000, max: 8_000_000_000 },
    'Bytes that an imported archive may unpack to',
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
