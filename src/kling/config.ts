import { formatFixedPoint, parseFixedPoint } from '../lib/parse-fixed-point.ts';
import {
  choiceSetting,
  integerSetting,
  listSetting,
  optionalTextSetting,
  type Section,
  type SectionValues,
  type Setting,
  textSetting,
} from '../lib/settings.ts';
import { type AccountEntry, parseAccountEntries } from './account-entries.ts';

/** The name that tasks and elements remember the engine by. */
export const engineName = 'kling';

export const section = {
  klingBaseUrl: textSetting(
    'TROUPE_KLING_BASE_URL',
    'https://api-singapore.klingai.com',
    'Address of the Kling API; mainland China: https://api-beijing.klingai.com',
  ),
  klingApiKey: optionalTextSetting('TROUPE_KLING_API_KEY', 'API key of the Kling account', { secret: true }),
  klingAccessKey: optionalTextSetting(
    'TROUPE_KLING_ACCESS_KEY',
    'Access key of the Kling account, with TROUPE_KLING_SECRET_KEY; ignored when there is an API key',
    { secret: true },
  ),
  klingSecretKey: optionalTextSetting('TROUPE_KLING_SECRET_KEY', 'Secret key that belongs to the access key', {
    secret: true,
  }),
  klingAccount: optionalTextSetting(
    'TROUPE_KLING_ACCOUNT',
    'A name for the Kling account that stays when its key is replaced. Elements made upstream are remembered under it; unset: under a fingerprint of the key',
  ),
  klingAccounts: {
    env: 'TROUPE_KLING_ACCOUNTS',
    describe:
      'Further accounts of the Kling API as a JSON list, each with a name, api_key or access_key and secret_key, and where they differ base_url and parallel_videos: [{"name": "studio", "api_key": "…"}]. The one of the settings above is named default. Work goes to whichever has room, balance and the elements; what was sent stays with the account it was sent to',
    fallback: [],
    parse: parseAccountEntries,
    show: () => '',
    secret: true,
  } satisfies Setting<readonly AccountEntry[]> as Setting<readonly AccountEntry[]>,
  klingParallelVideos: integerSetting(
    'TROUPE_KLING_PARALLEL_VIDEOS',
    5,
    { min: 1, max: 10_000 },
    'Videos, or pictures, of one model that the Kling account may have in work at once, over all processes; its largest active pack says how many',
  ),
  klingUnitsPerDay: integerSetting(
    'TROUPE_KLING_UNITS_PER_DAY',
    0,
    { min: 0, max: 1_000_000_000 },
    'Units of the Kling API that videos and pictures may cost in one day (UTC), over all accounts; a picture is a fifth of one; 0: no limit. What waits is held until the next day',
  ),
  klingAccountUnitsPerDay: integerSetting(
    'TROUPE_KLING_ACCOUNT_UNITS_PER_DAY',
    0,
    { min: 0, max: 1_000_000_000 },
    'The same for each account of this server; 0: no limit',
  ),
  klingUnitMicrousd: usdSetting(
    'TROUPE_KLING_UNIT_USD',
    140_000n,
    'What one unit of the Kling API costs you in US dollars (at most 6 decimals)',
  ),
  klingMarginPercent: {
    env: 'TROUPE_KLING_MARGIN',
    describe:
      "Percent that videos cost your users above the vendor's list (0 to 1000): their TROUPE_PRICE_… then follow from it, TROUPE_KLING_UNIT_USD and TROUPE_CREDIT_USD; unset: the prices stand as they are set",
    fallback: undefined,
    parse(text) {
      if (!/^\d{1,4}$/.test(text) || Number(text) > 1000)
        throw new Error(`must be a whole number from 0 to 1000, is '${text}'`);
      return Number(text);
    },
    show: (percent) => (percent === undefined ? '' : String(percent)),
  } satisfies Setting<number | undefined> as Setting<number | undefined>,
  klingBalanceWarning: integerSetting(
    'TROUPE_KLING_BALANCE_WARNING',
    50,
    { min: 0, max: 1_000_000_000 },
    'Units left in the packs of the Kling account below which the log warns; 0: never',
  ),
  klingTimeoutSeconds: integerSetting(
    'TROUPE_KLING_TIMEOUT_SECONDS',
    60,
    { min: 1, max: 600 },
    'Seconds in which the Kling API must have answered one call; a body gets one more for each 250 kB',
  ),
  klingDeadlineSeconds: integerSetting(
    'TROUPE_KLING_DEADLINE_SECONDS',
    7200,
    { min: 10, max: 604_800 },
    'Seconds that a task may wait for a slot, and seconds that the Kling API may take from when it was sent; then it fails with generation_timeout',
  ),
  klingResultBytesMax: integerSetting(
    'TROUPE_KLING_RESULT_BYTES_MAX',
    1024 ** 3,
    { min: 1024, max: 64 * 1024 ** 3 },
    'Largest finished video in bytes that is fetched from the Kling API',
  ),
  klingElementIdForm: choiceSetting(
    'TROUPE_KLING_ELEMENT_ID_FORM',
    'integer',
    ['integer', 'text'],
    'How element ids are written to the Kling API: as its documentation has them, or in quotes',
  ),
  klingWebhookSecrets: {
    ...listSetting(
      'TROUPE_KLING_WEBHOOK_SECRETS',
      'Webhook secrets of the Kling console (whsec_…), comma-separated while one replaces another; with any, unsigned callbacks are refused',
      parseWebhookSecret,
    ),
    secret: true,
  },
} satisfies Section;

export type KlingSettings = SectionValues<typeof section>;

/** Whether the settings name an account at all. */
export function hasKlingCredentials(settings: KlingSettings): boolean {
  return hasOwnCredentials(settings) || settings.klingAccounts.length > 0;
}

/** Whether the settings of one account name it: an API key, or both halves of a key pair. */
export function hasOwnCredentials(settings: KlingSettings): boolean {
  return (
    settings.klingApiKey !== undefined ||
    (settings.klingAccessKey !== undefined && settings.klingSecretKey !== undefined)
  );
}

function usdSetting(env: string, fallback: bigint, describe: string): Setting<bigint> {
  return {
    env,
    describe,
    fallback,
    parse(text) {
      const microusd = parseFixedPoint(text, 6);
      if (microusd === 0n || microusd > 1_000_000_000n)
        throw new Error(`must be above 0 and at most 1000, is '${text}'`);
      return microusd;
    },
    show: (microusd) => formatFixedPoint(microusd, 6),
  };
}

function parseWebhookSecret(text: string): string {
  if (!/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(text)) throw new Error('must be a list of secrets like whsec_…');
  return text;
}
