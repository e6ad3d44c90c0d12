import { integerSetting, type Section, type Setting } from '../lib/settings.ts';

/** Seconds that a gap may have: three days. A job that is due more than four days ahead is taken for a wrong clock's (`src/jobs/mend-times.ts`). */
const gapSecondsMax = 259_200;
const gapsMax = 20;

export const section = {
  retrySeconds: {
    env: 'TROUPE_CALLBACK_RETRY_SECONDS',
    describe:
      'Seconds from a failed attempt of a callback to the next one, as a comma list; after the last one it is given up. ' +
      `At most ${gapsMax} of 1 to ${gapSecondsMax}; contract: 1,2,4`,
    fallback: [1, 2, 4],
    parse: parseGaps,
    show: (seconds: readonly number[]) => seconds.join(','),
  } satisfies Setting<readonly number[]>,
  attemptsPerHostMax: integerSetting(
    'TROUPE_CALLBACKS_PER_HOST',
    32,
    { min: 1, max: 64 },
    'Callbacks under way to one host at the same time, so that a receiver that hangs delays no other',
  ),
  attemptDays: integerSetting(
    'TROUPE_ATTEMPT_DAYS',
    0,
    { min: 0, max: 36_500 },
    'Days after which the single attempts of callbacks that are delivered or given up are deleted; what became of a callback stays with its task. 0 keeps them as long as the task',
  ),
} satisfies Section;

function parseGaps(text: string): readonly number[] {
  const gaps = text.split(',').map((gap) => gap.trim());
  const wrong = gaps.find((gap) => !/^\d{1,6}$/.test(gap) || Number(gap) < 1 || Number(gap) > gapSecondsMax);
  if (wrong !== undefined) throw new Error(`must be whole seconds from 1 to ${gapSecondsMax}, holds '${wrong}'`);
  if (gaps.length > gapsMax) throw new Error(`must have at most ${gapsMax} gaps, has ${gaps.length}`);
  return gaps.map(Number);
}
