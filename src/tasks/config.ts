import { integerSetting, type Section } from '../lib/settings.ts';

export const section = {
  unfinishedPerKeyMax: integerSetting(
    'TROUPE_UNFINISHED_TASKS_PER_KEY',
    10_000,
    { min: 1, max: 10_000_000 },
    'Unfinished tasks that one key may have; more are refused with 429',
  ),
} satisfies Section;
