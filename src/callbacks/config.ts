import { integerSetting, type Section } from '../lib/settings.ts';

export const section = {
  attemptsPerHostMax: integerSetting(
    'TROUPE_CALLBACKS_PER_HOST',
    32,
    { min: 1, max: 64 },
    'Callbacks under way to one host at the same time, so that a receiver that hangs delays no other',
  ),
} satisfies Section;
