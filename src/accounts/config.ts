import { integerSetting, type Section } from '../lib/settings.ts';

/** Limits for each API key. The rate is counted by each process for itself. */
export const section = {
  requestsPerMinute: integerSetting(
    'TROUPE_KEY_REQUESTS_PER_MINUTE',
    6_000,
    { min: 1, max: 1_000_000 },
    'Requests per minute that one API key may make, on average, of each server process',
  ),
  requestsBurst: integerSetting(
    'TROUPE_KEY_REQUESTS_BURST',
    1_000,
    { min: 1, max: 1_000_000 },
    'Requests that one API key may make at once after a pause',
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
