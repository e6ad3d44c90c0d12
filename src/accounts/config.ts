import { integerSetting, type Section, type Setting } from '../lib/settings.ts';

const queriesPerMinute = integerSetting(
  'TROUPE_KEY_QUERIES_PER_MINUTE',
  0,
  { min: 1, max: 10_000_000 },
  'Requests per minute, on average, of one API key that start no task; unset: ten times TROUPE_KEY_REQUESTS_PER_MINUTE',
);

/** Limits for each API key. The rate is counted by each process for itself. */
export const section = {
  requestsPerMinute: integerSetting(
    'TROUPE_KEY_REQUESTS_PER_MINUTE',
    6_000,
    { min: 1, max: 1_000_000 },
    'Tasks per minute that one API key may ask for, on average, of each server process',
  ),
  requestsBurst: integerSetting(
    'TROUPE_KEY_REQUESTS_BURST',
    1_000,
    { min: 1, max: 1_000_000 },
    'Tasks that one API key may ask for at once after a pause',
  ),
  queriesPerMinute: { ...queriesPerMinute, fallback: undefined, show: () => '' } as Setting<number | undefined>,
  callbacksPerMinute: integerSetting(
    'TROUPE_KEY_CALLBACKS_PER_MINUTE',
    600,
    { min: 1, max: 1_000_000 },
    'Callbacks per minute, on average, that one API key may have sent again or tested',
  ),
  streamsMax: integerSetting(
    'TROUPE_KEY_STREAMS',
    500,
    { min: 1, max: 100_000 },
    'Event streams and waiting queries that one API key may have open at a time, of each server process',
  ),
  wrongKeysPerMinute: integerSetting(
    'TROUPE_WRONG_KEYS_PER_MINUTE',
    60,
    { min: 1, max: 1_000_000 },
    'Requests without a valid key that one address may make per minute, on average; more answer 429 instead of 401',
  ),
  signInsPerMinute: integerSetting(
    'TROUPE_SIGN_INS_PER_MINUTE',
    30,
    { min: 1, max: 1_000_000 },
    'Times that one address may try to sign in at the console per minute, on average',
  ),
  unfinishedTasksMax: integerSetting(
    'TROUPE_KEY_UNFINISHED_TASKS',
    10_000,
    { min: 1, max: 10_000_000 },
    'Tasks of one API key that may be waiting or running at a time',
  ),
  keyCacheMs: integerSetting(
    'TROUPE_KEY_CACHE_MS',
    1_000,
    { min: 0, max: 1_000 },
    'Milliseconds for which a server process may remember an API key; a disabled key works for so long at most',
  ),
} satisfies Section;
